package dev.overseer.runner.backtest;

import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.ViewDefinition;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.views.NonMember;
import dev.overseer.views.ToldView;
import dev.overseer.views.View;
import dev.overseer.views.ViewReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Views as they are, of which some roots alone are found. */
record PartOfRoots(ViewReader views, Predicate<RecordKey> roots) implements ViewReader {

  @Override
  public Set<RecordKey> rootsOf(
      ViewDefinition definition, String alias, RecordKey record, List<EffectiveTime> cuts) {
    return views.rootsOf(definition, alias, record, cuts).stream()
        .filter(roots)
        .collect(Collectors.toSet());
  }

  @Override
  public RecordState stateAsOf(RecordKey record, AsOf asOf) {
    return views.stateAsOf(record, asOf);
  }

  @Override
  public List<IndexedUpdate> updatesAsOf(RecordKey record, AsOf asOf) {
    return views.updatesAsOf(record, asOf);
  }

  @Override
  public RecordState stateAfter(RecordKey record, AsOf asOf, List<IndexedUpdate> updates) {
    return views.stateAfter(record, asOf, updates);
  }

  @Override
  public Map<String, IndexedUpdate> originsAsOf(RecordKey record, AsOf asOf) {
    return views.originsAsOf(record, asOf);
  }

  @Override
  public View viewAsOf(ViewDefinition definition, RecordKey root, AsOf asOf) {
    return views.viewAsOf(definition, root, asOf);
  }

  @Override
  public ToldView toldAsOf(ViewDefinition definition, RecordKey root, AsOf asOf) {
    return views.toldAsOf(definition, root, asOf);
  }

  @Override
  public List<NonMember> nonMembers(View view, int max) {
    return views.nonMembers(view, max);
  }
}
