package dev.overseer.bench.oracle;

import dev.overseer.model.ChangeDecoder.Decoded;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.store.log.Schemas;
import dev.overseer.store.log.VisibleRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The states of all records after some transactions, taken from the log and from nothing else. */
final class Fold {
  private final Stored stored;
  private final Schemas schemas;
  private final Map<RecordKey, RecordState> states;

  Fold(Stored stored) {
    this(stored, new Schemas(stored.log()), new HashMap<>());
  }

  private Fold(Stored stored, Schemas schemas, Map<RecordKey, RecordState> states) {
    this.stored = stored;
    this.schemas = schemas;
    this.states = states;
  }

  Fold copy() {
    return new Fold(stored, schemas, new HashMap<>(states));
  }

  /** By the keys of all records that were ever seen. */
  Map<RecordKey, RecordState> states() {
    return states;
  }

  void add(VisibleRecord.Transaction transaction) {
    for (VisibleRecord.Placed placed : transaction.changes()) {
      if (placed.record() instanceof LogRecord.Change change
          && change.operation() != Operation.ANNOTATION) {
        LogRecord.Schema schema = schemas.get(change.schema());
        stored
            .definitions()
            .findModel(change.source(), schema.table())
            .ifPresent(model -> add(schema, change, model));
      }
    }
  }

  private void add(LogRecord.Schema schema, LogRecord.Change change, ModelDefinition model) {
    if (change.operation() == Operation.TRUNCATE) {
      empty(model.name());
      return;
    }
    try {
      add(schema, change, stored.formats().decoder(schema.format()).decode(schema, change, model));
    } catch (Undecodable e) {
      throw new IllegalStateException("A change of %s: %s".formatted(model.name(), e), e);
    }
  }

  private void add(LogRecord.Schema schema, LogRecord.Change change, Decoded decoded) {
    RecordKey key = decoded.key().orElseThrow();
    Optional<RecordKey> previous = decoded.previousKey();
    if (previous.isPresent()) {
      RecordState before = state(previous.get());
      states.put(previous.get(), fold(before, schema, change, Role.OLD_KEY));
      states.put(key, fold(before, schema, change, Role.NEW_KEY));
    } else {
      states.put(key, fold(state(key), schema, change, Role.SAME_KEY));
    }
  }

  private RecordState fold(
      RecordState before, LogRecord.Schema schema, LogRecord.Change change, Role role) {
    return stored.formats().aggregator(schema.format()).fold(before, schema, change, role);
  }

  private RecordState state(RecordKey key) {
    return states.getOrDefault(key, RecordState.NEVER_SEEN);
  }

  private void empty(ModelName model) {
    states.replaceAll((key, state) -> key.model().equals(model) ? RecordState.DELETED : state);
  }
}
