package dev.overseer.store.retention;

import dev.overseer.model.AsOf;
import dev.overseer.model.ChangeDecoder.Decoded;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.Schemas;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which changes no state and no view at the horizon or later can depend on.
 *
 * <p>A record's state is folded from its last update backwards, as far as an update that removes it
 * or starts it anew: its <em>base</em>. What lies before the last base before the horizon is
 * superseded, for every fold at the horizon or later ends there or earlier on its way. A change of
 * key is a base of the old key only if it says all of the new one. A change that names a reference
 * which nothing from the base on names stays: references ever seen propose members. A truncation is
 * no base, so every record that ever was keeps one, and stays a record that was deleted. What was
 * disowned, cannot be decoded, or is of a table without a model, stays.
 *
 * <p>For one horizon of one source; belongs to one thread.
 */
final class Superseded {
  private static final int RECORDS_MAX = 20_000;

  private final ReadableLog<LogRecord> log;
  private final UpdateIndex index;
  private final Definitions definitions;
  private final ChangeReaders readers;
  private final Schemas schemas;
  private final EffectiveTime horizon;

  /** What decided of the records that were asked for last. */
  private final Map<RecordKey, Base> bases =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RecordKey, Base> eldest) {
          return size() > RECORDS_MAX;
        }
      };

  /**
   * @param before the changes of the record before its base, which count in its history
   * @param references named from the base on, and before the horizon
   */
  private record Base(Set<LogOffset> before, Set<Reference> references) {}

  Superseded(
      ReadableLog<LogRecord> log,
      UpdateIndex index,
      Definitions definitions,
      ChangeReaders readers,
      EffectiveTime horizon) {
    this.log = log;
    this.index = index;
    this.definitions = definitions;
    this.readers = readers;
    this.schemas = new Schemas(log);
    this.horizon = horizon;
  }

  /** Whether a committed change of before the horizon is. */
  boolean contains(LogRecord.Change change, LogOffset offset) {
    return switch (change.operation()) {
      case ANNOTATION, TRUNCATE -> false;
      case INSERT, UPDATE, DELETE, SNAPSHOT -> containsRow(change, offset);
    };
  }

  private boolean containsRow(LogRecord.Change change, LogOffset offset) {
    LogRecord.Schema schema = schemas.get(change.schema());
    Optional<ModelDefinition> model = definitions.findModel(change.source(), schema.table());
    return model
        .flatMap(it -> decoded(change, schema, it))
        .filter(it -> contains(it, offset))
        .isPresent();
  }

  private boolean contains(Decoded decoded, LogOffset offset) {
    boolean ofKey = decoded.key().map(key -> base(key).before().contains(offset)).orElse(false);
    boolean ofPrevious =
        decoded.previousKey().map(key -> base(key).before().contains(offset)).orElse(true);
    return ofKey
        && ofPrevious
        && decoded
            .key()
            .filter(key -> base(key).references().containsAll(decoded.references()))
            .isPresent();
  }

  private Optional<Decoded> decoded(
      LogRecord.Change change, LogRecord.Schema schema, ModelDefinition model) {
    try {
      return Optional.of(readers.decoders().apply(schema.format()).decode(schema, change, model));
    } catch (Undecodable undecodable) {
      return Optional.empty();
    }
  }

  private Base base(RecordKey record) {
    Base known = bases.get(record);
    if (known == null) {
      known = find(record);
      bases.put(record, known);
    }
    return known;
  }

  private Base find(RecordKey record) {
    List<IndexedUpdate> updates =
        new ArrayList<>(
            index.updates(record, AsOf.latest()).stream()
                .filter(update -> update.effectiveTime().isBefore(horizon))
                .toList());
    ModelDefinition model = definitions.model(record.model());
    Set<Reference> references = new HashSet<>();
    boolean isFound = false;
    while (!isFound && !updates.isEmpty()) {
      IndexedUpdate last = updates.removeLast();
      if (log.get(last.change()) instanceof LogRecord.Change change
          && last.operation() != Operation.ANNOTATION) {
        LogRecord.Schema schema = schemas.get(change.schema());
        decoded(change, schema, model).ifPresent(it -> references.addAll(it.references()));
        isFound = isBase(last, change, schema);
      }
    }
    Set<LogOffset> before = new HashSet<>();
    updates.forEach(update -> before.add(update.change()));
    return new Base(before, references);
  }

  private boolean isBase(IndexedUpdate update, LogRecord.Change change, LogRecord.Schema schema) {
    boolean removes = update.operation() == Operation.DELETE && update.role() == Role.SAME_KEY;
    return removes || readers.aggregators().apply(schema.format()).startsAnew(change);
  }
}
