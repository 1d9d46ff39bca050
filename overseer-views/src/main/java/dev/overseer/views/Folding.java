package dev.overseer.views;

import dev.overseer.formats.Formats;
import dev.overseer.model.AsOf;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.CorruptStore;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogOffset;
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
import java.util.function.UnaryOperator;

/**
 * Finds a record's updates and folds them into its state. Changes are read from the last one
 * backwards, only as far as the state depends on them. Safe for many threads.
 */
final class Folding {
  /** How often a record's key may have changed before its state is given up. */
  private static final int KEY_CHANGES_MAX = 100;

  /** Most states depend on the last update alone, and most records have few. */
  private static final int FIRST_READ = 16;

  private static final int READ_GROWTH = 16;

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

  /** Its updates are read when somebody asks for them, if that is more than its state takes. */
  View.Member member(RecordKey record, AsOf asOf) {
    AsOf known = known(asOf);
    Folded folded = folded(record, known);
    Ending ending = folded.ending();
    return new View.Member(
        record,
        folded.state(),
        ending.isWhole() ? ending.updates() : new UpdatesOnDemand(() -> updates(record, known)));
  }

  /** With no more known than the index has. */
  AsOf known(AsOf asOf) {
    LogOffset consumed = index.consumed();
    boolean knownBefore = asOf.knownAt().compareTo(consumed) < 0;
    return new AsOf(asOf.cut(), knownBefore ? asOf.knownAt() : consumed);
  }

  /** The state just before one of the record's updates, within its transaction. */
  RecordState stateBefore(RecordKey record, IndexedUpdate update) {
    return stateUntil(record, update, update.change());
  }

  /** The state just after one of the record's updates, within its transaction. */
  RecordState stateAfter(RecordKey record, IndexedUpdate update) {
    return stateUntil(record, update, update.change().next());
  }

  private RecordState stateUntil(RecordKey record, IndexedUpdate update, LogOffset until) {
    AsOf asOf = new AsOf(update.effectiveTime(), update.commit().next());
    return folded(record, asOf, ending -> ending.until(until)).state();
  }

  /**
   * The last of a record's updates.
   *
   * @param isWhole whether that is all of them
   */
  private record Ending(List<IndexedUpdate> updates, boolean isWhole) {
    Ending until(LogOffset change) {
      return new Ending(
          updates.stream().filter(it -> it.change().compareTo(change) < 0).toList(), isWhole);
    }
  }

  private record Folded(RecordState state, Ending ending) {}

  /** By as many of the last updates as the state depends on. */
  private Folded folded(RecordKey record, AsOf asOf) {
    return folded(record, asOf, ending -> ending);
  }

  private Folded folded(RecordKey record, AsOf asOf, UnaryOperator<Ending> considered) {
    long max = FIRST_READ;
    while (true) {
      Ending ending = considered.apply(ending(record, asOf, max));
      Optional<RecordState> state = state(record, asOf, ending, KEY_CHANGES_MAX);
      if (state.isPresent()) {
        return new Folded(state.get(), ending);
      }
      max *= READ_GROWTH;
    }
  }

  private Ending ending(RecordKey record, AsOf asOf, long max) {
    int readMax = Math.clamp(max, 1, tooMany());
    List<IndexedUpdate> last = index.lastUpdates(record, asOf, readMax);
    return new Ending(
        withTruncations(record, asOf, withinLimit(record, last)), last.size() < readMax);
  }

  /** So many updates of one record that there are at least one too many. */
  private int tooMany() {
    return (int) Math.min(limits.updatesPerRecordMax() + 1L, Integer.MAX_VALUE);
  }

  /**
   * The record's updates in source order, up to {@code asOf}, and the truncations of its table
   * since the first of them.
   */
  List<IndexedUpdate> updates(RecordKey record, AsOf asOf) {
    return withTruncations(record, asOf, withinLimit(record, index.updates(record, asOf)));
  }

  private List<IndexedUpdate> withinLimit(RecordKey record, List<IndexedUpdate> updates) {
    if (updates.size() > limits.updatesPerRecordMax()) {
      throw new ViewTooLarge(
          "%s has %d updates, more than limits.maxUpdatesPerRecord (%d) in the configuration: raise it, or look at the log itself with overseer log cat"
              .formatted(record, updates.size(), limits.updatesPerRecordMax()));
    }
    return updates;
  }

  private List<IndexedUpdate> withTruncations(
      RecordKey record, AsOf asOf, List<IndexedUpdate> own) {
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

  /** The last of {@link #updates}. Where it is the same at two cuts, the state is too. */
  Optional<IndexedUpdate> lastUpdate(RecordKey record, AsOf asOf) {
    List<IndexedUpdate> last = withTruncations(record, asOf, index.lastUpdates(record, asOf, 1));
    return last.isEmpty() ? Optional.empty() : Optional.of(last.getLast());
  }

  RecordState state(RecordKey record, AsOf asOf) {
    return folded(record, asOf).state();
  }

  /** The state after {@code updates}, which are the record's first ones up to {@code asOf}. */
  RecordState state(RecordKey record, AsOf asOf, List<IndexedUpdate> updates) {
    return state(record, asOf, updates, KEY_CHANGES_MAX);
  }

  private RecordState state(
      RecordKey record, AsOf asOf, List<IndexedUpdate> updates, int keyChangesMax) {
    return state(record, asOf, new Ending(updates, true), keyChangesMax).orElseThrow();
  }

  /** Nothing if it depends on earlier updates. */
  private Optional<RecordState> state(
      RecordKey record, AsOf asOf, Ending ending, int keyChangesMax) {
    List<IndexedUpdate> updates = ending.updates();
    boolean isDecided = ending.isWhole();
    Deque<PlacedChange> toFold = new ArrayDeque<>(1);
    RecordState state = RecordState.NEVER_SEEN;
    for (int i = updates.size() - 1; i >= 0; i--) {
      IndexedUpdate update = updates.get(i);
      if (update.operation() == Operation.ANNOTATION) {
        continue;
      }
      if (removes(update)) {
        state = RecordState.DELETED;
        isDecided = true;
        break;
      }
      LogRecord stored = log.get(update.change());
      if (stored instanceof LogRecord.DeadLetter deadLetter) {
        state = new RecordState.Unreadable("a dead letter: " + deadLetter.reason());
        isDecided = true;
        break;
      }
      if (stored instanceof LogRecord.Expired) {
        state = new RecordState.Unreadable("a change was deleted, as older than the retention");
        break;
      }
      PlacedChange placed = placed(update, stored);
      toFold.push(placed);
      if (formats.aggregator(placed.schema().format()).startsAnew(placed.change())) {
        isDecided = true;
        break;
      }
      if (update.role() == Role.NEW_KEY) {
        state = beforeKeyChange(record, asOf, placed, keyChangesMax);
        isDecided = true;
        break;
      }
    }
    return isDecided ? Optional.of(folded(state, toFold)) : Optional.empty();
  }

  private RecordState folded(RecordState before, Deque<PlacedChange> changes) {
    RecordState state = before;
    for (PlacedChange placed : changes) {
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

  /** Empty when the change is a dead letter, or was deleted. */
  Optional<PlacedChange> find(IndexedUpdate update) {
    LogRecord stored = log.get(update.change());
    return stored instanceof LogRecord.DeadLetter || stored instanceof LogRecord.Expired
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
