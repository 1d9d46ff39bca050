package dev.overseer.views;

import dev.overseer.formats.Formats;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.TotalDefinition;
import dev.overseer.store.index.Bucket;
import dev.overseer.store.index.IndexEntry;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.store.index.TotalChanges;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.store.log.ReadableLog;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Says what each update changes of totals: what its record adds after it, less what it added
 * before. Where its key changed, each of the two keys is a record of its own.
 */
public final class Totalling implements TotalChanges {
  /** What was taken in is counted, however long it takes. */
  private static final ViewLimits UNLIMITED = new ViewLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);

  private final Folding folding;
  private final List<TotalDefinition> totals;
  private final List<Sight> seats;
  private final Set<ModelName> models = new HashSet<>();

  public Totalling(
      UpdateIndex index, ReadableLog<LogRecord> log, Definitions definitions, Formats formats) {
    this.folding = new Folding(index, log, definitions, formats, UNLIMITED);
    this.totals = definitions.totals();
    totals.forEach(total -> models.add(total.model()));
    this.seats =
        totals.stream()
            .map(total -> Sight.of(total, definitions))
            .filter(Sight::isOfColumns)
            .toList();
    seats.forEach(seat -> models.add(seat.total().root()));
  }

  @Override
  public boolean lookAt(ModelName model) {
    return models.contains(model);
  }

  @Override
  public List<IndexEntry> of(RecordKey record, IndexedUpdate update) {
    if (update.operation() == Operation.ANNOTATION) {
      return List.of();
    }
    RecordState after = folding.stateAfter(record, update);
    List<IndexEntry> entries = new ArrayList<>();
    List<TotalDefinition> counting =
        totals.stream().filter(total -> total.model().equals(record.model())).toList();
    if (!counting.isEmpty()) {
      RecordState before = folding.stateBefore(record, update);
      counting.forEach(
          total ->
              addChange(
                  Contribution.of(total, before),
                  Contribution.of(total, after),
                  record,
                  update,
                  entries));
    }
    for (Sight sight : seats) {
      if (sight.total().root().equals(record.model())
          && sight.seat(record, after) instanceof Told.Known<Bucket>(Bucket seat)) {
        entries.add(new IndexEntry.OfSeeker(seat, record));
      }
    }
    return entries;
  }

  private static void addChange(
      Contribution before,
      Contribution after,
      RecordKey record,
      IndexedUpdate update,
      List<IndexEntry> entries) {
    if (!before.equals(after)) {
      Stream.concat(change(before, -1, record, update), change(after, 1, record, update))
          .forEach(entries::add);
    }
  }

  private static Stream<IndexEntry> change(
      Contribution contribution, int sign, RecordKey record, IndexedUpdate update) {
    return switch (contribution) {
      case Contribution.Nothing() -> Stream.of();
      case Contribution.Amount(Bucket bucket, String part, BigDecimal amount) ->
          Stream.of(
              new IndexEntry.OfTotal(
                  bucket, part, sign < 0 ? amount.negate() : amount, sign, 0, record, update));
      case Contribution.Untold(Bucket bucket, String _) ->
          Stream.of(
              new IndexEntry.OfTotal(
                  bucket, Contribution.NO_PART, BigDecimal.ZERO, 0, sign, record, update));
    };
  }
}
