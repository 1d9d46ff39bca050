package dev.overseer.views;

import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.TotalDefinition;
import dev.overseer.store.index.Bucket;
import dev.overseer.store.index.Totals;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the roots that see what a record adds to a total, at several cuts. A root is found
 * whichever window it sees at the cut: it may be judged at a later one. For one search.
 */
final class TotalRoots {
  private final Folding folding;
  private final Totals totals;
  private final Sight sight;
  private final int rootsMax;
  private final Set<RecordKey> roots = new TreeSet<>();
  private int read;

  TotalRoots(
      Folding folding,
      Totals totals,
      TotalDefinition total,
      Definitions definitions,
      int rootsMax) {
    this.folding = folding;
    this.totals = totals;
    this.sight = Sight.of(total, definitions);
    this.rootsMax = rootsMax;
  }

  Set<RecordKey> search(RecordKey record, List<EffectiveTime> cuts) {
    for (EffectiveTime cut : cuts) {
      bucket(folding.state(record, AsOf.at(cut))).ifPresent(bucket -> search(bucket, cut));
    }
    return roots;
  }

  /** Empty where it adds nothing, and where it cannot be told to which. */
  private Optional<Bucket> bucket(RecordState state) {
    return switch (Contribution.of(sight.total(), state)) {
      case Contribution.Nothing() -> Optional.empty();
      case Contribution.Amount(Bucket bucket, var _, var _) -> Optional.of(bucket);
      case Contribution.Untold(Bucket bucket, String _) -> Optional.of(bucket);
    };
  }

  private void search(Bucket bucket, EffectiveTime cut) {
    if (!(bucket.key() instanceof Bucket.Key.Of(List<String> values))) {
      return;
    }
    if (!sight.isOfColumns()) {
      roots.add(sight.rootOf(values));
      return;
    }
    Bucket seat = sight.seatOf(bucket);
    for (RecordKey root : totals.seekers(seat)) {
      if (sits(root, seat, cut)) {
        roots.add(root);
      }
    }
  }

  private boolean sits(RecordKey root, Bucket seat, EffectiveTime cut) {
    if (++read > rootsMax) {
      throw new ViewTooLarge(
          "More roots see one total of '%s' than limits.maxMembers (%d) in the configuration: raise it, or make the view narrower"
              .formatted(sight.total().model(), rootsMax));
    }
    return switch (sight.seat(root, folding.state(root, AsOf.at(cut)))) {
      case Told.Nothing<Bucket>() -> false;
      case Told.Untold<Bucket> _ -> true;
      case Told.Known<Bucket>(Bucket taken) -> taken.equals(seat);
    };
  }
}
