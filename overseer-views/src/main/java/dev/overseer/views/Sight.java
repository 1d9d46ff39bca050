package dev.overseer.views;

import dev.overseer.model.Definitions;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.TimeWindow;
import dev.overseer.model.TotalDefinition;
import dev.overseer.model.TotalDefinition.Seen;
import dev.overseer.model.TotalDefinition.Windows;
import dev.overseer.store.index.Bucket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which buckets of a total a root sees, and which roots see a bucket. A root is known by its key,
 * if that is what the total is by, and no column of the root says which window it sees; else it
 * takes a <em>seat</em> in the index: that of the values in its columns.
 */
record Sight(TotalDefinition total, List<String> rootKey) {

  static Sight of(TotalDefinition total, Definitions definitions) {
    return new Sight(total, definitions.model(total.root()).key());
  }

  /** Whether the root's state says what it sees, and not its key alone. */
  boolean isOfColumns() {
    return !total.isByKey(rootKey);
  }

  /** A bucket, and the window that it is of. */
  record Sighted(Optional<TimeWindow> window, Bucket bucket) {}

  /** What the root sees, the latest window last. */
  Told<List<Sighted>> buckets(RecordKey root, RecordState state, Instant cut) {
    return switch (key(root, state)) {
      case Told.Nothing<List<String>>() -> new Told.Nothing<>();
      case Told.Untold<List<String>>(String why) -> new Told.Untold<>(why);
      case Told.Known<List<String>>(List<String> values) ->
          total
              .windows()
              .map(windows -> buckets(new Bucket.Key.Of(values), windows, state, cut))
              .orElseGet(
                  () ->
                      new Told.Known<>(List.of(sighted(new Bucket.Key.Of(values), Bucket.ALWAYS))));
    };
  }

  private Told<List<Sighted>> buckets(
      Bucket.Key key, Windows windows, RecordState state, Instant cut) {
    return switch (windows.seen()) {
      case Seen.Latest(int count) -> new Told.Known<>(latest(key, windows, count, cut));
      case Seen.AtColumn(String column) ->
          switch (time(windows, column, state)) {
            case Told.Nothing<Bucket.When>() -> new Told.Nothing<>();
            case Told.Untold<Bucket.When>(String why) -> new Told.Untold<>(why);
            case Told.Known<Bucket.When>(Bucket.When when) ->
                new Told.Known<>(List.of(sighted(key, when)));
          };
    };
  }

  private List<Sighted> latest(Bucket.Key key, Windows windows, int count, Instant cut) {
    List<Sighted> sighted = new ArrayList<>();
    Instant at = cut;
    for (int left = count; left > 0; left--) {
      Instant from = windows.of().containing(at, windows.zone()).from();
      sighted.add(sighted(key, new Bucket.When.From(from)));
      at = from.minusNanos(1);
    }
    return sighted.reversed();
  }

  private Sighted sighted(Bucket.Key key, Bucket.When when) {
    Optional<TimeWindow> window =
        when instanceof Bucket.When.From(Instant from)
            ? total.windows().map(it -> it.of().containing(from, it.zone()))
            : Optional.empty();
    return new Sighted(window, new Bucket(total, key, when));
  }

  private Told<List<String>> key(RecordKey root, RecordState state) {
    if (!isOfColumns()) {
      return new Told.Known<>(
          total.rootColumns().stream()
              .map(column -> root.values().get(rootKey.indexOf(column)))
              .toList());
    }
    return switch (state) {
      case RecordState.NeverSeen _, RecordState.Deleted _ -> new Told.Nothing<>();
      case RecordState.Unreadable(String why) -> new Told.Untold<>(why);
      case RecordState.Present present -> Contribution.key(present, total.rootColumns());
    };
  }

  private static Told<Bucket.When> time(Windows windows, String column, RecordState state) {
    return switch (state) {
      case RecordState.NeverSeen _, RecordState.Deleted _ -> new Told.Nothing<>();
      case RecordState.Unreadable(String why) -> new Told.Untold<>(why);
      case RecordState.Present present -> Contribution.when(windows, column, present);
    };
  }

  /** Where a root in this state sits, if it sits anywhere. */
  Told<Bucket> seat(RecordKey root, RecordState state) {
    return switch (buckets(root, state, Instant.EPOCH)) {
      case Told.Nothing<List<Sighted>>() -> new Told.Nothing<>();
      case Told.Untold<List<Sighted>>(String why) -> new Told.Untold<>(why);
      case Told.Known<List<Sighted>>(List<Sighted> sighted) ->
          new Told.Known<>(seatOf(sighted.getFirst().bucket()));
    };
  }

  /** Where the roots sit that see a bucket, whatever the cut. */
  Bucket seatOf(Bucket bucket) {
    return total.windowColumn().isPresent()
        ? bucket
        : new Bucket(total, bucket.key(), Bucket.ALWAYS);
  }

  /** The root that a key of the total is of, which need not exist. */
  RecordKey rootOf(List<String> values) {
    return new RecordKey(
        total.root(),
        rootKey.stream().map(column -> values.get(total.rootColumns().indexOf(column))).toList());
  }
}
