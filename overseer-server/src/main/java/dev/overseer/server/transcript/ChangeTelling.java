package dev.overseer.server.transcript;

import dev.overseer.formats.Formats;
import dev.overseer.model.ChangeDecoder.Decoded;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.Schemas;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what single changes say. A change is told alone: nothing is carried from those before. */
final class ChangeTelling {
  private final Schemas schemas;
  private final Definitions definitions;
  private final Formats formats;

  ChangeTelling(ReadableLog<LogRecord> log, Definitions definitions, Formats formats) {
    this.schemas = new Schemas(log);
    this.definitions = definitions;
    this.formats = formats;
  }

  private record Row(Map<String, Value> values, Optional<String> fault) {}

  ToldChange tell(LogRecord.Change change) {
    if (change.operation() == Operation.ANNOTATION) {
      return annotation(change);
    }
    LogRecord.Schema schema = schemas.get(change.schema());
    Row row = row(schema, change);
    return definitions
        .findModel(change.source(), schema.table())
        .map(model -> ofModel(schema, change, model, row))
        .orElseGet(
            () ->
                new ToldChange(
                    Optional.of(schema.table()),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    row.values(),
                    row.fault()));
  }

  /** Only Postgres has them. */
  private ToldChange annotation(LogRecord.Change annotation) {
    List<RecordKey> named = List.of();
    Optional<String> fault = Optional.empty();
    try {
      named = formats.decoder(Formats.PGOUTPUT).annotated(annotation, definitions);
    } catch (Undecodable undecodable) {
      fault = Optional.of(String.valueOf(undecodable.getMessage()));
    }
    return new ToldChange(
        Optional.empty(), Optional.empty(), Optional.empty(), named, Map.of(), fault);
  }

  private Row row(LogRecord.Schema schema, LogRecord.Change change) {
    RecordState state =
        formats
            .aggregator(schema.format())
            .fold(RecordState.NEVER_SEEN, schema, change, Role.SAME_KEY);
    return switch (state) {
      case RecordState.Present(Map<String, Value> values) -> new Row(values, Optional.empty());
      case RecordState.Unreadable(String reason) -> new Row(Map.of(), Optional.of(reason));
      case RecordState.NeverSeen _, RecordState.Deleted _ -> new Row(Map.of(), Optional.empty());
    };
  }

  private ToldChange ofModel(
      LogRecord.Schema schema, LogRecord.Change change, ModelDefinition model, Row row) {
    Optional<RecordKey> key = Optional.empty();
    List<RecordKey> others = List.of();
    Optional<String> fault = row.fault();
    try {
      Decoded decoded = formats.decoder(schema.format()).decode(schema, change, model);
      key = decoded.key();
      others = decoded.previousKey().stream().toList();
    } catch (Undecodable undecodable) {
      fault = Optional.of(String.valueOf(undecodable.getMessage()));
    }
    return new ToldChange(
        Optional.of(schema.table()), Optional.of(model.name()), key, others, row.values(), fault);
  }
}
