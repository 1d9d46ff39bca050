package dev.overseer.runner.sweep;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Orphans;
import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Direction;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.model.ViewDefinition.Total;
import dev.overseer.runner.journal.SweepScope;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.views.ViewReader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds roots that were never seen by the records that belong to them: those that refer to a root
 * themselves, and those that a root's key counts. No others need be asked: what belongs to a root
 * by way of another record does so only as long as that one is there and refers to it; and a root
 * that refers to a record was seen. For one sweep; belongs to one thread.
 */
final class OrphanSearch {
  /** Many records may belong to one root, which is triggered once as long as it is remembered. */
  static final int REMEMBERED_MAX = 10_000;

  private final UpdateIndex index;
  private final ViewReader views;
  private final CheckDefinition<?> check;
  private final ViewDefinition view;
  private final EffectiveTime from;
  private final Map<ModelName, List<String>> aliases;
  private final Set<RecordKey> remembered = new HashSet<>();

  /**
   * @param from triggers before this are ignored under the check's definition
   */
  OrphanSearch(
      UpdateIndex index,
      ViewReader views,
      Definitions definitions,
      CheckDefinition<?> check,
      EffectiveTime from) {
    this.index = index;
    this.views = views;
    this.check = check;
    this.view = definitions.view(check.view());
    this.from = from;
    boolean areIgnored = check.orphans() == Orphans.IGNORE && !view.rootOptional();
    this.aliases =
        (areIgnored ? Stream.<String>of() : asked(view, definitions.model(view.root()).key()))
            .collect(Collectors.groupingBy(alias -> view.modelOf(alias).orElseThrow()));
  }

  private static Stream<String> asked(ViewDefinition view, List<String> rootKey) {
    return Stream.concat(
        view.joins().stream()
            .filter(join -> join.parent().equals(view.rootAlias()))
            .filter(join -> join.direction() == Direction.MEMBER_TO_PARENT)
            .map(Join::alias),
        view.totals().stream()
            .filter(total -> total.definition().isByKey(rootKey))
            .map(Total::alias));
  }

  /** Of the records that are asked. */
  Set<ModelName> models() {
    return aliases.keySet();
  }

  /**
   * The roots that {@code record} belongs to at the cut, that were never seen up to it, and are to
   * be judged; none that was found lately.
   */
  List<RecordKey> of(RecordKey record, SweepScope scope, EffectiveTime cut) {
    return aliases.getOrDefault(record.model(), List.of()).stream()
        .filter(alias -> isWanted(alias, record, scope))
        .flatMap(alias -> views.rootsOf(view, alias, record, List.of(cut)).stream())
        .filter(root -> index.lastUpdates(root, AsOf.at(cut), 1).isEmpty())
        .filter(this::isNew)
        .toList();
  }

  private boolean isWanted(String alias, RecordKey record, SweepScope scope) {
    return switch (scope) {
      case ALL -> true;
      case UNJUDGED ->
          index.lastUpdates(record, AsOf.latest(), 1).stream()
              .noneMatch(update -> isTrigger(alias, update));
    };
  }

  /** It triggers the roots that the record belongs to since then. */
  private boolean isTrigger(String alias, IndexedUpdate update) {
    return !update.effectiveTime().isBefore(from) && check.isTriggeredBy(alias, update.operation());
  }

  private boolean isNew(RecordKey root) {
    if (remembered.size() >= REMEMBERED_MAX) {
      remembered.clear();
    }
    return remembered.add(root);
  }
}
