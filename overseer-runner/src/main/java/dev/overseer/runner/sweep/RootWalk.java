package dev.overseer.runner.sweep;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ViewDefinition;
import dev.overseer.runner.journal.SweepScope;
import dev.overseer.store.index.RecordPage;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.views.ViewReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The roots of a check's view: those that have updates of their own, and those that were never
 * seen, by the records that belong to them; in one go, in an order of the index's, which does not
 * keep records of one model together. For one sweep; belongs to one thread.
 */
public final class RootWalk {
  private static final int PAGES_MAX = 20;
  private static final int ENTRIES_MAX = 500;

  private final UpdateIndex index;
  private final CheckDefinition<?> check;
  private final ViewDefinition view;
  private final EffectiveTime from;
  private final OrphanSearch orphans;
  private final Set<ModelName> models;

  /**
   * @param from triggers before this are ignored under the check's definition
   */
  public RootWalk(
      UpdateIndex index,
      ViewReader views,
      Definitions definitions,
      CheckDefinition<?> check,
      EffectiveTime from) {
    this.index = index;
    this.check = check;
    this.view = definitions.view(check.view());
    this.from = from;
    this.orphans = new OrphanSearch(index, views, definitions, check, from);
    this.models = new HashSet<>(orphans.models());
    models.add(view.root());
  }

  /**
   * Some records.
   *
   * @param wanted roots that are to be judged
   * @param last where to go on; empty when there are no more
   */
  record Stretch(List<RecordKey> wanted, long lookedAt, Optional<RecordKey> last) {}

  /**
   * The next records: fewer than there could be where they lie among many others.
   *
   * @param cut at which every source of the view is known
   */
  Stretch next(Optional<RecordKey> after, int recordsMax, SweepScope scope, EffectiveTime cut) {
    List<RecordKey> wanted = new ArrayList<>();
    Optional<RecordKey> last = after;
    int lookedAt = 0;
    for (int pages = 0; pages < PAGES_MAX && lookedAt < recordsMax; pages++) {
      RecordPage page = index.records(models, last, ENTRIES_MAX);
      List<RecordKey> some = page.records();
      boolean isCut = some.size() > recordsMax - lookedAt;
      if (isCut) {
        some = some.subList(0, recordsMax - lookedAt);
      }
      some.forEach(record -> look(record, scope, cut, wanted));
      lookedAt += some.size();
      last = isCut ? Optional.of(some.getLast()) : page.last();
      if (last.isEmpty()) {
        break;
      }
    }
    return new Stretch(wanted, lookedAt, last);
  }

  private void look(RecordKey record, SweepScope scope, EffectiveTime cut, List<RecordKey> wanted) {
    if (record.model().equals(view.root()) && isWanted(record, scope)) {
      wanted.add(record);
    }
    wanted.addAll(orphans.of(record, scope, cut));
  }

  private boolean isWanted(RecordKey root, SweepScope scope) {
    return switch (scope) {
      case ALL -> true;
      case UNJUDGED -> !isTriggered(root);
    };
  }

  /**
   * Whether the root's own last update triggers the check. Others of its view may have triggered it
   * too: then it is judged once more than it need be.
   */
  private boolean isTriggered(RecordKey root) {
    return index.lastUpdates(root, AsOf.latest(), 1).stream()
        .anyMatch(
            update ->
                !update.effectiveTime().isBefore(from)
                    && check.isTriggeredBy(view.rootAlias(), update.operation()));
  }

  RecordCount count() {
    return new RecordCount(index, models);
  }
}
