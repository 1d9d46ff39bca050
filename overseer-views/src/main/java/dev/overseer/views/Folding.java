package dev.overseer.views;

import dev.overseer.formats.Formats;
import dev.overseer.model.AsOf;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.CorruptStore;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.Schemas;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds a record's updates and folds them into its state. Changes are read from the last one
 * backwards, only as far as the state depends on them. Safe for many threads.
 */
final class Folding {
  /** How often a record's key may have changed before its state is given up. */
  private static final int KEY_CHANGES_MAX = 100;

  private static final Comparator<IndexedUpdate> SOURCE_ORDER =
      Comparator.comparing(IndexedUpdate::effectiveTime).thenComparing(IndexedUpdate::change);

  private final UpdateIndex index;
  private final ReadableLog<LogRecord> log;
  private final Definitions definitions;
  private final Formats formats;
  private final ViewLimits limits;
  private final Schemas schemas;

  Folding(
      UpdateIndex index,
      ReadableLog<LogRecord> log,
      Definitions definitions,
      Formats formats,
      ViewLimits limits) {
    this.index = index;
    this.log = log;
    this.schemas = new Schemas(log);
    this.definitions = definitions;
    this.formats = formats;
    this.limits = limits;
  }

  View.Member member(RecordKey record, AsOf asOf) {
    List<IndexedUpdate> updates = updates(record, asOf);
    return new View.Member(record, state(record, asOf, updates), updates);
  }

  /**
   * The record's updates in source order, up to {@code asOf}, and the truncations of its table
   * since the first of them.
   */
  List<IndexedUpdate> updates(RecordKey record, AsOf asOf) {
    List<IndexedUpdate> own = index.updates(record, asOf);
    if (own.size() > limits.updatesPerRecordMax()) {
      throw new ViewTooLarge(
          "%s has %d updates, more than limits.maxUpdatesPerRecord (%d) in the configuration: raise it, or look at the log itself with overseer log cat"
              .formatted(record, own.size(), limits.updatesPerRecordMax()));
    }
    if (own.isEmpty()) {
      return own;
    }
    ModelDefinition model = definitions.model(record.model());
    List<IndexedUpdate> truncations = index.truncations(model.source(), model.table(), asOf);
    return truncations.isEmpty() ? own : merged(own, truncations);
  }

  private static List<IndexedUpdate> merged(
      List<IndexedUpdate> own, List<IndexedUpdate> truncations) {
    List<IndexedUpdate> merged = new ArrayList<>(own);
    for (IndexedUpdate truncation : truncations) {
      if (SOURCE_ORDER.compare(truncation, own.getFirst()) > 0) {
        merged.add(truncation);
      }
    }
    merged.sort(SOURCE_ORDER);
    return List.copyOf(merged);
  }

  /** Those of {@code updates} that {@code cut} includes. */
  static List<IndexedUpdate> upTo(EffectiveTime cut, List<IndexedUpdate> updates) {
    int end = updates.size();
    while (end > 0 && updates.get(end - 1).effectiveTime().isAfter(cut)) {
      end--;
    }
    return updates.subList(0, end);
  }

  RecordState state(RecordKey record, AsOf asOf) {
    return state(record, asOf, updates(record, asOf));
  }

  /** The state after {@code updates}, which are the record's first ones up to {@code asOf}. */
  RecordState state(RecordKey record, AsOf asOf, List<IndexedUpdate> updates) {
    return state(record, asOf, updates, KEY_CHANGES_MAX);
  }

  private RecordState state(
      RecordKey record, AsOf asOf, List<IndexedUpdate> updates, int keyChangesMax) {
    Deque<PlacedChange> toFold = new ArrayDeque<>();
    RecordState state = RecordState.NEVER_SEEN;
    for (int i = updates.size() - 1; i >= 0; i--) {
      IndexedUpdate update = updates.get(i);
      if (update.operation() == Operation.ANNOTATION) {
        continue;
      }
      if (removes(update)) {
        state = RecordState.DELETED;
        break;
      }
      LogRecord stored = log.get(update.change());
      if (stored instanceof LogRecord.DeadLetter deadLetter) {
        state = new RecordState.Unreadable("a dead letter: " + deadLetter.reason());
        break;
      }
      PlacedChange placed = placed(update, stored);
      toFold.push(placed);
      if (formats.aggregator(placed.schema().format()).startsAnew(placed.change())) {
        break;
      }
      if (update.role() == Role.NEW_KEY) {
        state = beforeKeyChange(record, asOf, placed, keyChangesMax);
        break;
      }
    }
    for (PlacedChange placed : toFold) {
      state =
          formats
              .aggregator(placed.schema().format())
              .fold(state, placed.schema(), placed.change(), placed.update().role());
    }
    return state;
  }

  /** What the update did is told by its index entry alone. */
  static boolean removes(IndexedUpdate update) {
    return update.operation() == Operation.DELETE
        || update.operation() == Operation.TRUNCATE
        || update.role() == Role.OLD_KEY;
  }

  /** The state of the record under the key that it had until this change. */
  private RecordState beforeKeyChange(
      RecordKey record, AsOf asOf, PlacedChange placed, int keyChangesMax) {
    if (keyChangesMax == 0) {
      return new RecordState.Unreadable(
          "its key changed more than " + KEY_CHANGES_MAX + " times, each time without all values");
    }
    Optional<RecordKey> previous = previousKey(record, placed);
    if (previous.isEmpty()) {
      return RecordState.NEVER_SEEN;
    }
    AsOf before = new AsOf(placed.update().effectiveTime(), asOf.knownAt());
    List<IndexedUpdate> updates = updatesBefore(placed.update(), previous.get(), before);
    return state(previous.get(), before, updates, keyChangesMax - 1);
  }

  /** Those of a record that come before an update of another one of its table. */
  List<IndexedUpdate> updatesBefore(IndexedUpdate update, RecordKey record, AsOf asOf) {
    return updates(record, asOf).stream()
        .filter(earlier -> SOURCE_ORDER.compare(earlier, update) < 0)
        .toList();
  }

  /** The key that the record had until this change. */
  Optional<RecordKey> previousKey(RecordKey record, PlacedChange placed) {
    try {
      return formats
          .decoder(placed.schema().format())
          .decode(placed.schema(), placed.change(), definitions.model(record.model()))
          .previousKey();
    } catch (Undecodable undecodable) {
      return Optional.empty(); // its own fold says so
    }
  }

  /** An update with its change, and the schema that reads it. */
  record PlacedChange(IndexedUpdate update, LogRecord.Schema schema, LogRecord.Change change) {}

  /** Empty when the change is a dead letter. */
  Optional<PlacedChange> find(IndexedUpdate update) {
    LogRecord stored = log.get(update.change());
    return stored instanceof LogRecord.DeadLetter
        ? Optional.empty()
        : Optional.of(placed(update, stored));
  }

  /** What the change says by itself: whatever it leaves out is unknown. */
  RecordState alone(PlacedChange placed) {
    return formats
        .aggregator(placed.schema().format())
        .fold(RecordState.NEVER_SEEN, placed.schema(), placed.change(), placed.update().role());
  }

  private PlacedChange placed(IndexedUpdate update, LogRecord stored) {
    if (stored instanceof LogRecord.Change change) {
      return new PlacedChange(update, schemas.get(change.schema()), change);
    }
    throw new CorruptStore(
        "The index names a change at offset %s of the log, where there is none: stop, delete the index, start again"
            .formatted(update.change()));
  }
}
