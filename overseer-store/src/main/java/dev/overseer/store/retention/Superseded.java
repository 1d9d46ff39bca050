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
 * superseded, for every fold at the horizon or later ends there or earlier on its way. But all from
 * the record's first change of key on stays, and all from the first change on that names a
 * reference which nothing from the base on names: where states cannot tell, views depend on
 * whatever a row ever referred to, under any of its keys. A truncation is no base, so every record
 * that ever was keeps one, and stays a record that was deleted. What was disowned, cannot be
 * decoded, or is of a table without a model, stays.
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

  /** The changes of the records that were asked for last. */
  private final Map<RecordKey, Set<LogOffset>> ofRecords =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RecordKey, Set<LogOffset>> eldest) {
          return size() > RECORDS_MAX;
        }
      };

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
    return decoded.key().filter(key -> superseded(key).contains(offset)).isPresent();
  }

  private Optional<Decoded> decoded(
      LogRecord.Change change, LogRecord.Schema schema, ModelDefinition model) {
    try {
      return Optional.of(readers.decoders().apply(schema.format()).decode(schema, change, model));
    } catch (Undecodable undecodable) {
      return Optional.empty();
    }
  }

  private Set<LogOffset> superseded(RecordKey record) {
    Set<LogOffset> known = ofRecords.get(record);
    if (known == null) {
      known = find(record);
      ofRecords.put(record, known);
    }
    return known;
  }

  private Set<LogOffset> find(RecordKey record) {
    ModelDefinition model = definitions.model(record.model());
    List<IndexedUpdate> updates =
        new ArrayList<>(
            index.updates(record, AsOf.latest()).stream()
                .filter(update -> update.effectiveTime().isBefore(horizon))
                .toList());
    Set<Reference> named = new HashSet<>();
    boolean isFound = false;
    while (!isFound && !updates.isEmpty()) {
      IndexedUpdate last = updates.removeLast();
      named.addAll(references(last, model));
      isFound = isBase(last);
    }
    Set<LogOffset> superseded = new HashSet<>();
    for (IndexedUpdate update : updates) {
      if (update.role() != Role.SAME_KEY || !named.containsAll(references(update, model))) {
        break;
      }
      superseded.add(update.change());
    }
    return superseded;
  }

  private List<Reference> references(IndexedUpdate update, ModelDefinition model) {
    return model.references().isEmpty()
        ? List.of()
        : find(update)
            .flatMap(change -> decoded(change, schemas.get(change.schema()), model))
            .map(Decoded::references)
            .orElse(List.of());
  }

  /** Empty for an annotation, and for what was deleted. */
  private Optional<LogRecord.Change> find(IndexedUpdate update) {
    return update.operation() != Operation.ANNOTATION
            && log.get(update.change()) instanceof LogRecord.Change change
        ? Optional.of(change)
        : Optional.empty();
  }

  private boolean isBase(IndexedUpdate update) {
    boolean removes = update.operation() == Operation.DELETE && update.role() == Role.SAME_KEY;
    return removes || find(update).filter(this::startsAnew).isPresent();
  }

  private boolean startsAnew(LogRecord.Change change) {
    String format = schemas.get(change.schema()).format();
    return readers.aggregators().apply(format).startsAnew(change);
  }
}
