package dev.overseer.views;

import dev.overseer.formats.Formats;
import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.ViewDefinition;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.store.log.ReadableLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Views made of the update log, found through its index. It reads what the index has consumed: to
 * know whether that is enough for a cut is the caller's part.
 */
public final class StoredViews implements ViewReader {
  private final Folding folding;
  private final ReferenceHistory history;
  private final UpdateIndex index;
  private final Definitions definitions;
  private final ViewLimits limits;

  public StoredViews(
      UpdateIndex index,
      ReadableLog<LogRecord> log,
      Definitions definitions,
      Formats formats,
      ViewLimits limits) {
    this.folding = new Folding(index, log, definitions, formats, limits);
    this.history = new ReferenceHistory(folding, definitions, formats);
    this.index = index;
    this.definitions = definitions;
    this.limits = limits;
  }

  @Override
  public RecordState stateAsOf(RecordKey record, AsOf asOf) {
    return horizonAfter(record.model(), asOf)
        .<RecordState>map(horizon -> new RecordState.Unreadable(why(record.model(), horizon)))
        .orElseGet(() -> folding.state(record, asOf));
  }

  @Override
  public List<IndexedUpdate> updatesAsOf(RecordKey record, AsOf asOf) {
    return folding.updates(record, asOf);
  }

  @Override
  public RecordState stateAfter(RecordKey record, AsOf asOf, List<IndexedUpdate> updates) {
    return folding.state(record, asOf, updates);
  }

  @Override
  public Map<String, IndexedUpdate> originsAsOf(RecordKey record, AsOf asOf) {
    return new Origins(folding, asOf).of(record);
  }

  @Override
  public View viewAsOf(ViewDefinition definition, RecordKey root, AsOf asOf) {
    return assembled(
        definition,
        root,
        asOf,
        (_, why) -> {
          throw new UnknownValue(why);
        });
  }

  @Override
  public ToldView toldAsOf(ViewDefinition definition, RecordKey root, AsOf asOf) {
    Map<String, String> untold = new LinkedHashMap<>();
    View view = assembled(definition, root, asOf, untold::putIfAbsent);
    for (ViewDefinition.Join join : definition.joins()) {
      if (untold.containsKey(join.parent())) {
        untold.putIfAbsent(
            join.alias(),
            "not all of '%s' can be told, which leads to it".formatted(join.parent()));
      }
    }
    return new ToldView(view, untold);
  }

  @Override
  public List<NonMember> nonMembers(View view, int max) {
    return new NonMembers(folding, history, index, definitions, view).find(max);
  }

  private View assembled(
      ViewDefinition definition, RecordKey root, AsOf asOf, BiConsumer<String, String> untold) {
    if (!root.model().equals(definition.root())) {
      throw new InvalidRequest(
          "%s cannot be the root of view '%s': its roots are of model '%s'"
              .formatted(root, definition.name(), definition.root()));
    }
    requireRetained(definition, asOf);
    return new ViewAssembly(folding, history, index, definitions, asOf, limits.membersMax(), untold)
        .assemble(definition, root);
  }

  @Override
  public Set<RecordKey> rootsOf(
      ViewDefinition definition, String alias, RecordKey record, List<EffectiveTime> cuts) {
    return new RootSearch(folding, history, index, definitions, definition, limits.membersMax())
        .search(alias, record, cuts);
  }

  private void requireRetained(ViewDefinition definition, AsOf asOf) {
    requireRetained(definition.root(), asOf);
    for (ViewDefinition.Join join : definition.joins()) {
      requireRetained(join.model(), asOf);
    }
    for (ViewDefinition.Total total : definition.totals()) {
      requireRetained(total.definition().model(), asOf);
    }
  }

  private void requireRetained(ModelName model, AsOf asOf) {
    horizonAfter(model, asOf)
        .ifPresent(
            horizon -> {
              throw new UnknownValue(why(model, horizon));
            });
  }

  /** Just before the horizon is told still: it is what an update at the horizon came upon. */
  private Optional<EffectiveTime> horizonAfter(ModelName model, AsOf asOf) {
    return Optional.ofNullable(index.progress().get(definitions.model(model).source()))
        .map(SourceProgress::horizon)
        .filter(horizon -> asOf.cut().isBefore(horizon.previous()));
  }

  private String why(ModelName model, EffectiveTime horizon) {
    return "source %s is told from %s on: what was before may have been deleted, as older than its retention"
        .formatted(definitions.model(model).source(), horizon);
  }
}
