package dev.overseer.runner.sweep;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ViewDefinition;
import dev.overseer.runner.journal.SweepScope;
import dev.overseer.store.index.RecordPage;
import dev.overseer.store.index.UpdateIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The roots of a check's view that have updates of their own, in an order of the index's. */
public final class RootWalk {
  private static final int PAGES_MAX = 20;
  private static final int ENTRIES_MAX = 500;

  private final UpdateIndex index;
  private final CheckDefinition<?> check;
  private final ViewDefinition view;
  private final EffectiveTime from;

  /**
   * @param from triggers before this are ignored under the check's definition
   */
  public RootWalk(
      UpdateIndex index, CheckDefinition<?> check, ViewDefinition view, EffectiveTime from) {
    this.index = index;
    this.check = check;
    this.view = view;
    this.from = from;
  }

  /**
   * Some roots.
   *
   * @param wanted those of them that are to be judged
   * @param last where to go on; empty when there are no more
   */
  record Stretch(List<RecordKey> wanted, long lookedAt, Optional<RecordKey> last) {}

  /** The next roots: fewer than there could be where they lie among many records of others. */
  Stretch next(Optional<RecordKey> after, int rootsMax, SweepScope scope) {
    List<RecordKey> wanted = new ArrayList<>();
    Optional<RecordKey> last = after;
    int lookedAt = 0;
    for (int pages = 0; pages < PAGES_MAX && lookedAt < rootsMax; pages++) {
      RecordPage page = index.records(view.root(), last, ENTRIES_MAX);
      List<RecordKey> some = page.records();
      boolean isCut = some.size() > rootsMax - lookedAt;
      if (isCut) {
        some = some.subList(0, rootsMax - lookedAt);
      }
      some.stream().filter(root -> isWanted(root, scope)).forEach(wanted::add);
      lookedAt += some.size();
      last = isCut ? Optional.of(some.getLast()) : page.last();
      if (last.isEmpty()) {
        break;
      }
    }
    return new Stretch(wanted, lookedAt, last);
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

  RootCount count() {
    return new RootCount(index, view.root());
  }
}
