package dev.overseer.server;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.formats.Formats;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.SchemaReader.Column;
import dev.overseer.model.Stage;
import dev.overseer.model.ViewDefinition;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.views.binding.ViewBindings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds what the checks' types name against the columns that the databases really have: at the
 * start as the log knows them, and again whenever a table comes with another schema. What does not
 * fit is an incident of the check, with all of it at once.
 *
 * <p>It never refuses the start: what the log knows of a table may be older than the table, which
 * sends its schema only with its next change.
 */
final class ColumnFitting implements Stage {
  private static final Duration EVERY = Duration.ofMillis(500);

  private final List<CheckDefinition<?>> checks;
  private final Definitions definitions;
  private final IndexBuilding index;
  private final ReadableLog<LogRecord> log;
  private final Formats formats;
  private final IncidentBook incidents;
  private final InstantSource clock;
  private Map<ModelName, LogOffset> looked = Map.of();
  private Instant due = Instant.MIN;

  ColumnFitting(
      List<CheckDefinition<?>> checks,
      Definitions definitions,
      IndexBuilding index,
      ReadableLog<LogRecord> log,
      Formats formats,
      IncidentBook incidents,
      InstantSource clock) {
    this.checks = checks;
    this.definitions = definitions;
    this.index = index;
    this.log = log;
    this.formats = formats;
    this.incidents = incidents;
    this.clock = clock;
  }

  @Override
  public boolean step() {
    Instant now = clock.instant();
    if (now.isBefore(due)) {
      return false;
    }
    due = now.plus(EVERY);
    Map<ModelName, LogOffset> schemas = schemas();
    if (schemas.equals(looked)) {
      return false;
    }
    looked = schemas;
    Map<ModelName, List<Column>> columns = columns(schemas);
    checks.forEach(check -> fit(check, columns));
    return true;
  }

  /** Where the log has the last schema of each model's table, as far as there is one. */
  private Map<ModelName, LogOffset> schemas() {
    Map<ModelName, LogOffset> schemas = new HashMap<>();
    for (ModelDefinition model : definitions.models()) {
      Optional.ofNullable(index.progress().get(model.source()))
          .map(progress -> progress.schemas().get(model.table()))
          .ifPresent(offset -> schemas.put(model.name(), offset));
    }
    return schemas;
  }

  private Map<ModelName, List<Column>> columns(Map<ModelName, LogOffset> schemas) {
    Map<ModelName, List<Column>> columns = new HashMap<>();
    schemas.forEach((model, offset) -> read(offset).ifPresent(known -> columns.put(model, known)));
    return columns;
  }

  /** A schema that cannot be read says nothing; its changes are dead letters, which is told. */
  private Optional<List<Column>> read(LogOffset offset) {
    try {
      return log.get(offset) instanceof LogRecord.Schema schema
          ? Optional.of(formats.schemas(schema.format()).columns(schema))
          : Optional.empty();
    } catch (Undecodable e) {
      return Optional.empty();
    }
  }

  private void fit(CheckDefinition<?> check, Map<ModelName, List<Column>> columns) {
    ViewDefinition view = definitions.view(check.view());
    String mismatches =
        CheckFitting.boundTypes(check).stream()
            .flatMap(type -> ViewBindings.columnMismatches(type, view, columns).stream())
            .map(mismatch -> "\n  " + mismatch)
            .distinct()
            .collect(Collectors.joining());
    if (mismatches.isEmpty()) {
      incidents.clear(
          IncidentKind.CHECK_MISFIT, check.name().value(), "Its types fit the columns again");
    } else {
      incidents.raise(
          IncidentKind.CHECK_MISFIT,
          check.name().value(),
          "The check reads what the tables of view '%s' do not have, so it cannot judge: name its fields like the columns, or give the tables the columns, and start again:%s"
              .formatted(view.name(), mismatches));
    }
  }
}
