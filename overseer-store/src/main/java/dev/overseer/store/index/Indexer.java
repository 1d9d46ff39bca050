package dev.overseer.store.index;

import dev.overseer.model.ChangeDecoder;
import dev.overseer.model.ChangeDecoder.Decoded;
import dev.overseer.model.ChangeDecoder.Reach;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import dev.overseer.model.SourceName;
import dev.overseer.model.Stage;
import dev.overseer.model.TableName;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.Schemas;
import dev.overseer.store.log.TransactionReader;
import dev.overseer.store.log.VisibleRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Feeds the index from the update log, from where the index has come. What it writes depends on the
 * log and the definitions alone, so an index made anew is the same.
 */
public final class Indexer implements Stage, AutoCloseable {
  /** So many that their entries lie close to each other in the index once they are sorted. */
  private static final int CHANGES_PER_STEP = 4000;

  private static final int ENTRIES_PER_WRITE = 20_000;

  private final IndexTarget index;
  private final Definitions definitions;
  private final Function<String, ChangeDecoder> decoders;
  private final Unreadable unreadable;
  private final Schemas schemas;
  private final TransactionReader reader;
  private final ProgressFold fold;
  private final Milestones milestones = new Milestones();
  private final TotalChanges totals;

  /** Hears of changes that are in the log and in no record's history. */
  @FunctionalInterface
  public interface Unreadable {
    void found(LogRecord change, LogOffset offset, String reason);
  }

  /**
   * Of definitions without totals.
   *
   * @param decoders by the name of the wire format
   */
  public Indexer(
      ReadableLog<LogRecord> log,
      IndexTarget index,
      Definitions definitions,
      Function<String, ChangeDecoder> decoders,
      Unreadable unreadable) {
    this(log, index, definitions, decoders, unreadable, Map.of(), TotalChanges.NONE);
    if (!definitions.totals().isEmpty()) {
      throw new InvalidRequest("An index of totals needs what says how updates change them");
    }
  }

  /**
   * On a log that says these horizons further on: what the index knows of tables is never more than
   * what they leave.
   */
  public Indexer(
      ReadableLog<LogRecord> log,
      IndexTarget index,
      Definitions definitions,
      Function<String, ChangeDecoder> decoders,
      Unreadable unreadable,
      Map<SourceName, EffectiveTime> horizons,
      TotalChanges totals) {
    this.index = index;
    this.definitions = definitions;
    this.decoders = decoders;
    this.unreadable = unreadable;
    this.schemas = new Schemas(log);
    this.reader = new TransactionReader(log, index.consumed());
    this.fold = new ProgressFold(index.progress(), horizons);
    this.totals = totals;
  }

  @Override
  public boolean step() {
    List<IndexEntry> entries = new ArrayList<>();
    LogOffset consumed = index.consumed();
    int changes = 0;
    while (changes < CHANGES_PER_STEP && reader.next()) {
      VisibleRecord visible = reader.record();
      consumed = visible.offset().next();
      changes += 1 + add(entries, visible);
    }
    if (changes == 0) {
      return false;
    }
    milestones.drainTo(entries);
    write(entries, fold.takeMoved(), consumed);
    return true;
  }

  /**
   * What updates change of totals is told by states, which are folded of updates that the index
   * has: so these are written first. Only with the rest is the stretch consumed.
   */
  private void write(List<IndexEntry> entries, List<SourceProgress> moved, LogOffset consumed) {
    List<IndexEntry.OfRecord> totalled = totalled(entries);
    if (totalled.isEmpty()) {
      index.write(entries, moved, consumed);
      return;
    }
    index.write(entries, List.of(), index.consumed());
    List<IndexEntry> changes = new ArrayList<>();
    totalled.forEach(entry -> changes.addAll(totals.of(entry.record(), entry.update())));
    index.write(changes, moved, consumed);
  }

  private List<IndexEntry.OfRecord> totalled(List<IndexEntry> entries) {
    List<IndexEntry.OfRecord> totalled = new ArrayList<>();
    for (IndexEntry entry : entries) {
      if (entry instanceof IndexEntry.OfRecord ofRecord
          && totals.lookAt(ofRecord.record().model())) {
        totalled.add(ofRecord);
      }
    }
    return totalled;
  }

  @Override
  public void close() {
    reader.close();
  }

  private int add(List<IndexEntry> entries, VisibleRecord visible) {
    switch (visible) {
      case VisibleRecord.Other other -> {
        Eras.begunBy(other.record(), other.offset(), fold.progress()).ifPresent(entries::add);
        fold.fold(other.offset(), other.record());
        if (other.record() instanceof LogRecord.Forked forked) {
          Disowning.of(forked, other.offset())
              .ifPresent(disowning -> entries.add(new IndexEntry.OfSource(disowning)));
        }
        return 0;
      }
      case VisibleRecord.Transaction transaction -> {
        for (VisibleRecord.Placed placed : transaction.changes()) {
          add(entries, transaction, placed);
          writeIfMany(entries);
        }
        fold.fold(transaction.offset(), transaction.commit());
        milestones.passed(transaction.commit(), transaction.offset(), entries);
        return transaction.changes().size();
      }
    }
  }

  /**
   * A transaction may be larger than memory. What is written of it ahead of its end is ahead of its
   * source's progress too, and is written again, to no effect, should we die before.
   */
  private void writeIfMany(List<IndexEntry> entries) {
    if (entries.size() >= ENTRIES_PER_WRITE) {
      write(entries, List.of(), index.consumed());
      entries.clear();
    }
  }

  private void add(
      List<IndexEntry> entries,
      VisibleRecord.Transaction transaction,
      VisibleRecord.Placed placed) {
    if (placed.record() instanceof LogRecord.DeadLetter letter) {
      unreadable.found(letter, placed.offset(), letter.reason());
      tablesOf(letter.source()).forEach(it -> lose(it, letter, transaction, letter.reason()));
    } else if (placed.record() instanceof LogRecord.Change change) {
      Place place =
          new Place(
              transaction.commit().effectiveTime(),
              placed.offset(),
              transaction.offset(),
              change.operation());
      if (change.operation() == Operation.ANNOTATION) {
        annotate(entries, place, change);
      } else {
        LogRecord.Schema schema = schemas.get(change.schema());
        definitions
            .findModel(change.source(), schema.table())
            .ifPresent(model -> add(entries, transaction, place, schema, change, model));
      }
    }
  }

  /** It has no schema of its own: it is of the format that its source speaks. */
  private void annotate(List<IndexEntry> entries, Place place, LogRecord.Change annotation) {
    SourceProgress progress = fold.progress().get(annotation.source());
    if (progress == null || progress.schemas().isEmpty()) {
      return;
    }
    String format = schemas.get(progress.schemas().values().iterator().next()).format();
    try {
      for (RecordKey record : decoders.apply(format).annotated(annotation, definitions)) {
        entries.add(place.entry(record, Role.SAME_KEY, List.of()));
      }
    } catch (Undecodable undecodable) {
      unreadable.found(annotation, place.change, String.valueOf(undecodable.getMessage()));
    }
  }

  private void add(
      List<IndexEntry> entries,
      VisibleRecord.Transaction transaction,
      Place place,
      LogRecord.Schema schema,
      LogRecord.Change change,
      ModelDefinition model) {
    if (change.operation() == Operation.TRUNCATE) {
      entries.add(new IndexEntry.OfTable(change.source(), schema.table(), place.as(Role.SAME_KEY)));
      return;
    }
    try {
      addRow(entries, place, decoders.apply(schema.format()).decode(schema, change, model));
    } catch (Undecodable undecodable) {
      String reason = String.valueOf(undecodable.getMessage());
      unreadable.found(change, place.change, reason);
      switch (undecodable.reach()) {
        case Reach.NoRecord() -> {}
        case Reach.OneRecord(RecordKey record) -> entries.add(place.untold(record));
        case Reach.WholeTable() -> lose(schema.table(), change, transaction, reason);
      }
    }
  }

  private Set<TableName> tablesOf(SourceName source) {
    SourceProgress progress = fold.progress().get(source);
    return progress == null ? Set.of() : progress.known().keySet();
  }

  /** From a change on that may be of any of its records a table is not known. */
  private void lose(
      TableName table, LogRecord change, VisibleRecord.Transaction transaction, String reason) {
    EffectiveTime after = transaction.commit().effectiveTime().previous();
    fold.fold(
        transaction.offset(), new LogRecord.TableUnknown(change.source(), table, after, reason));
  }

  private static void addRow(List<IndexEntry> entries, Place place, Decoded decoded) {
    Optional<RecordKey> previous =
        decoded.previousKey().filter(key -> !Optional.of(key).equals(decoded.key()));
    if (previous.isPresent()) {
      entries.add(place.entry(previous.get(), Role.OLD_KEY, List.of()));
    }
    Role role = previous.isPresent() ? Role.NEW_KEY : Role.SAME_KEY;
    decoded.key().ifPresent(key -> entries.add(place.entry(key, role, decoded.references())));
  }

  private record Place(
      EffectiveTime time, LogOffset change, LogOffset commit, Operation operation) {

    IndexedUpdate as(Role role) {
      return new IndexedUpdate(time, change, commit, operation, role);
    }

    /** Never as a removal: of what cannot be read nothing is believed but whose it is. */
    IndexEntry untold(RecordKey record) {
      IndexedUpdate update =
          new IndexedUpdate(time, change, commit, Operation.UPDATE, Role.SAME_KEY);
      return new IndexEntry.OfRecord(record, update, List.of());
    }

    IndexEntry entry(RecordKey record, Role role, List<Reference> references) {
      return new IndexEntry.OfRecord(record, as(role), references);
    }
  }
}
