package dev.overseer.views;

import dev.overseer.checks.Total;
import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.model.TimeWindow;
import dev.overseer.model.TotalDefinition;
import dev.overseer.model.ViewDefinition;
import dev.overseer.store.index.Bucket;
import dev.overseer.store.index.RunningTotal;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.index.Totals;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.views.Sight.Sighted;
import dev.overseer.views.TotalReading.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what a root sees of a total, out of the index. For one read. */
final class TotalReader {
  private final Folding folding;
  private final UpdateIndex index;
  private final Totals totals;
  private final Definitions definitions;
  private final AsOf asOf;

  TotalReader(Folding folding, UpdateIndex index, Definitions definitions, AsOf asOf) {
    this.folding = folding;
    this.index = index;
    this.totals = index.totals();
    this.definitions = definitions;
    this.asOf = folding.known(asOf);
  }

  List<TotalReading> read(ViewDefinition.Total total, View.Member root) {
    Sight sight = Sight.of(total.definition(), definitions);
    return switch (sight.buckets(root.key(), root.state(), cut(total.definition()))) {
      case Told.Nothing<List<Sighted>>() ->
          List.of(reading(Optional.empty(), new State.Known(Total.none())));
      case Told.Untold<List<Sighted>>(String why) ->
          List.of(
              reading(
                  Optional.empty(),
                  untold(total, "%s does not tell: %s".formatted(root.key(), why))));
      case Told.Known<List<Sighted>>(List<Sighted> sighted) ->
          sighted.stream().map(one -> read(total, one)).toList();
    };
  }

  /** Where the latest is asked for, the latest window is the one that its source has reached. */
  private Instant cut(TotalDefinition total) {
    EffectiveTime cut = asOf.cut();
    if (cut.equals(EffectiveTime.MAX)) {
      cut =
          Optional.ofNullable(index.progress().get(definitions.model(total.model()).source()))
              .map(SourceProgress::watermark)
              .orElse(EffectiveTime.MIN);
    }
    return cut.equals(EffectiveTime.MIN) ? Instant.EPOCH : cut.toInstant();
  }

  private static TotalReading reading(Optional<TimeWindow> window, State state) {
    return new TotalReading(window, state, _ -> List.of());
  }

  private TotalReading read(ViewDefinition.Total total, Sighted sighted) {
    Bucket bucket = sighted.bucket();
    SortedMap<String, RunningTotal> parts = totals.read(bucket, asOf);
    State state =
        parts.values().stream()
            .filter(part -> part.untold() > 0)
            .findFirst()
            .or(() -> elsewhere(bucket))
            .<State>map(part -> untold(total, why(total.definition(), part)))
            .orElseGet(() -> new State.Known(total(sighted.window(), parts)));
    return new TotalReading(sighted.window(), state, max -> totals.lastUpdates(bucket, asOf, max));
  }

  /** Records that may be in the bucket, for all that can be told. */
  private Optional<RunningTotal> elsewhere(Bucket bucket) {
    List<Bucket> others = new ArrayList<>(List.of(Bucket.untold(bucket.total())));
    if (bucket.total().windows().isPresent()) {
      others.add(new Bucket(bucket.total(), bucket.key(), Bucket.UNTOLD_TIME));
    }
    return others.stream()
        .flatMap(other -> totals.read(other, asOf).values().stream())
        .filter(part -> part.untold() > 0)
        .findFirst();
  }

  private static Total total(Optional<TimeWindow> window, SortedMap<String, RunningTotal> running) {
    SortedMap<String, Total.Part> parts = new TreeMap<>();
    running.forEach((name, part) -> parts.put(name, new Total.Part(part.sum(), part.count())));
    return new Total(window, parts);
  }

  private static State untold(ViewDefinition.Total total, String why) {
    return new State.Untold("The total '%s' cannot be told: %s".formatted(total.alias(), why));
  }

  /** Names one of the records, and says how many others there are. */
  private String why(TotalDefinition total, RunningTotal part) {
    Optional<RecordKey> named = part.named().stream().findFirst();
    String others = part.untold() > 1 ? ", and %d others".formatted(part.untold() - 1) : "";
    return named
            .map(record -> record + ": " + why(total, record))
            .orElse("records whose names were not kept")
        + others;
  }

  private String why(TotalDefinition total, RecordKey record) {
    return Contribution.of(total, folding.state(record, asOf))
            instanceof Contribution.Untold(Bucket _, String why)
        ? why
        : "it cannot be told what it adds";
  }
}
