package dev.overseer.server.reading;

import dev.overseer.formats.Formats;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.SchemaReader.Column;
import dev.overseer.model.SourceName;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.Schemas;
import dev.overseer.views.View;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The columns of the schemas that tables and records were written under. For one reading. */
final class SchemaColumns {
  private final ReadableLog<LogRecord> log;
  private final Schemas schemas;
  private final Formats formats;
  private final Map<SourceName, SourceProgress> progress;

  SchemaColumns(
      ReadableLog<LogRecord> log, Formats formats, Map<SourceName, SourceProgress> progress) {
    this.log = log;
    this.schemas = new Schemas(log);
    this.formats = formats;
    this.progress = progress;
  }

  /** Of each model's table as it is now, and as it was when {@code members} were written. */
  Map<ModelName, List<Column>> all(
      Collection<ModelDefinition> models, Collection<View.Member> members) {
    Map<ModelName, List<Column>> all = new HashMap<>();
    for (ModelDefinition model : models) {
      NavigableSet<LogOffset> written = new TreeSet<>();
      latest(model).ifPresent(written::add);
      members.stream()
          .filter(member -> member.key().model().equals(model.name()))
          .flatMap(member -> schema(member).stream())
          .forEach(written::add);
      List<Column> columns =
          written.descendingSet().stream().flatMap(schema -> columns(schema).stream()).toList();
      all.put(model.name(), columns);
    }
    return all;
  }

  /** Of the schema that the member's last update was written under. */
  List<Column> of(View.Member member) {
    return schema(member).map(this::columns).orElse(List.of());
  }

  private Optional<LogOffset> latest(ModelDefinition model) {
    return Optional.ofNullable(progress.get(model.source()))
        .map(source -> source.schemas().get(model.table()));
  }

  private Optional<LogOffset> schema(View.Member member) {
    return member.updates().reversed().stream()
        .filter(update -> update.operation() != Operation.ANNOTATION)
        .findFirst()
        .map(update -> log.get(update.change()))
        .filter(LogRecord.Change.class::isInstance)
        .map(change -> ((LogRecord.Change) change).schema());
  }

  /** A schema that cannot be read has none: its changes are unreadable too. */
  private List<Column> columns(LogOffset offset) {
    LogRecord.Schema schema = schemas.get(offset);
    try {
      return formats.schemas(schema.format()).columns(schema);
    } catch (Undecodable e) {
      return List.of();
    }
  }
}
