package dev.overseer.runner.selection;

import dev.overseer.model.ChangeDecoder;
import dev.overseer.model.ChangeDecoder.Decoded;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Says which records a change of the log concerns; of models that no check looks at, none. Belongs
 * to one thread.
 */
public final class ChangeReading {
  private static final int READABLES_MAX = 4096;

  private final Schemas schemas;
  private final Definitions definitions;
  private final Function<String, ChangeDecoder> decoders;
  private final Set<ModelName> models;
  private final Map<LogOffset, Readable> readables = new LinkedHashMap<>();

  /** How to read the changes of one schema. */
  private record Readable(
      LogRecord.Schema schema, Optional<ModelDefinition> model, Optional<ChangeDecoder> decoder) {}

  /**
   * @param decoders by the format's name
   * @param models those that are in some check's view
   */
  public ChangeReading(
      ReadableLog<LogRecord> log,
      Definitions definitions,
      Function<String, ChangeDecoder> decoders,
      Set<ModelName> models) {
    this.schemas = new Schemas(log);
    this.definitions = definitions;
    this.decoders = decoders;
    this.models = Set.copyOf(models);
  }

  /**
   * What {@code change} concerns. A change that cannot be decoded concerns none that could be
   * named: the index keeps it as a dead letter.
   */
  public List<Changed> read(LogRecord.Change change) {
    if (change.operation() == Operation.ANNOTATION) {
      return List.of();
    }
    Readable readable = readables.get(change.schema());
    if (readable == null) {
      readable = readable(change.schema());
    }
    if (readable.model().isEmpty() || readable.decoder().isEmpty()) {
      return List.of();
    }
    if (change.operation() == Operation.TRUNCATE) {
      return List.of(new Changed.AllRecords(readable.model().get().name()));
    }
    try {
      return records(
          readable.decoder().get().decode(readable.schema(), change, readable.model().get()),
          change.operation());
    } catch (Undecodable unreadable) {
      return List.of();
    }
  }

  private static List<Changed> records(Decoded decoded, Operation operation) {
    List<Changed> records = new ArrayList<>(2);
    decoded
        .key()
        .ifPresent(key -> records.add(new Changed.OneRecord(key, operation, decoded.references())));
    decoded
        .previousKey()
        .ifPresent(key -> records.add(new Changed.OneRecord(key, operation, List.of())));
    return records;
  }

  private Readable readable(LogOffset offset) {
    LogRecord.Schema schema = schemas.get(offset);
    Optional<ModelDefinition> model =
        definitions
            .findModel(schema.source(), schema.table())
            .filter(found -> models.contains(found.name()));
    Readable readable =
        new Readable(schema, model, model.map(found -> decoders.apply(schema.format())));
    if (readables.size() >= READABLES_MAX) {
      readables.clear();
    }
    readables.put(offset, readable);
    return readable;
  }
}
