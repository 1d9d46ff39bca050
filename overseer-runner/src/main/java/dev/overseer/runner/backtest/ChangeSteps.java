package dev.overseer.runner.backtest;

import dev.overseer.model.ChangeDecoder;
import dev.overseer.model.ChangeDecoder.Decoded;
import dev.overseer.model.ChangeDecoder.Reach;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.runner.backtest.Step.OfRecord;
import dev.overseer.runner.selection.Changed;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.log.Schemas;
import dev.overseer.store.log.VisibleRecord.Placed;
import dev.overseer.store.log.VisibleRecord.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes each change once: for the index, as the indexer does, and for selection, as the runner
 * does. Of models that the view does not have nothing is decoded. Belongs to one thread.
 */
final class ChangeSteps {
  private static final int READABLES_MAX = 4096;

  private final Definitions definitions;
  private final BacktestParts parts;
  private final Schemas schemas;
  private final Set<ModelName> models;
  private final Set<ReferenceName> joinedBy = new HashSet<>();
  private final Map<LogOffset, Optional<Readable>> readables = new HashMap<>();

  /** How to read the changes of one schema. */
  private record Readable(LogRecord.Schema schema, ModelDefinition model, ChangeDecoder decoder) {}

  ChangeSteps(ViewDefinition view, BacktestParts parts) {
    this.definitions = parts.definitions();
    this.parts = parts;
    this.schemas = new Schemas(parts.log());
    this.models = Set.copyOf(view.models());
    view.joins().forEach(join -> joinedBy.add(join.by()));
  }

  /**
   * @param triggersAt when what changed may trigger; null where it cannot
   */
  void add(
      Transaction transaction,
      Placed placed,
      @Nullable EffectiveTime triggersAt,
      Consumer<Step> steps) {
    if (!(placed.record() instanceof LogRecord.Change change)) {
      return;
    }
    if (change.operation() == Operation.ANNOTATION) {
      annotated(change).forEach(record -> steps.accept(new Step.Unclear(record)));
      return;
    }
    Readable readable = find(change.schema()).orElse(null);
    if (readable == null) {
      return;
    }
    if (change.operation() == Operation.TRUNCATE) {
      trigger(new Changed.AllRecords(readable.model().name()), triggersAt, steps);
      return;
    }
    try {
      Decoded decoded = readable.decoder().decode(readable.schema(), change, readable.model());
      steps.accept(new Step.Change(change, records(decoded, transaction, placed, change)));
      changed(decoded, change.operation(), triggersAt, steps);
    } catch (Undecodable undecodable) {
      if (undecodable.reach() instanceof Reach.OneRecord(RecordKey record)) {
        steps.accept(new Step.Unclear(record));
      }
    }
  }

  private List<OfRecord> records(
      Decoded decoded, Transaction transaction, Placed placed, LogRecord.Change change) {
    Optional<RecordKey> previous =
        decoded.previousKey().filter(key -> !Optional.of(key).equals(decoded.key()));
    List<OfRecord> records = new ArrayList<>(2);
    previous.ifPresent(
        key ->
            records.add(
                new OfRecord(key, update(transaction, placed, change, Role.OLD_KEY), List.of())));
    Role role = previous.isPresent() ? Role.NEW_KEY : Role.SAME_KEY;
    decoded
        .key()
        .ifPresent(
            key ->
                records.add(
                    new OfRecord(
                        key,
                        update(transaction, placed, change, role),
                        joining(decoded.references()))));
    return records;
  }

  private static IndexedUpdate update(
      Transaction transaction, Placed placed, LogRecord.Change change, Role role) {
    return new IndexedUpdate(
        transaction.commit().effectiveTime(),
        placed.offset(),
        transaction.offset(),
        change.operation(),
        role);
  }

  private List<Reference> joining(List<Reference> references) {
    for (Reference reference : references) {
      if (!joinedBy.contains(reference.name())) {
        return references.stream().filter(it -> joinedBy.contains(it.name())).toList();
      }
    }
    return references;
  }

  private static void changed(
      Decoded decoded, Operation operation, @Nullable EffectiveTime at, Consumer<Step> steps) {
    if (at == null) {
      return;
    }
    decoded
        .key()
        .ifPresent(
            key -> trigger(new Changed.OneRecord(key, operation, decoded.references()), at, steps));
    decoded
        .previousKey()
        .ifPresent(key -> trigger(new Changed.OneRecord(key, operation, List.of()), at, steps));
  }

  private static void trigger(Changed changed, @Nullable EffectiveTime at, Consumer<Step> steps) {
    if (at != null) {
      steps.accept(new Step.Update(changed, at));
    }
  }

  /** The records that an operator's note names; the note has no schema of its own. */
  private List<RecordKey> annotated(LogRecord.Change note) {
    SourceProgress progress = parts.index().progress().get(note.source());
    if (progress == null || progress.schemas().isEmpty()) {
      return List.of();
    }
    String format = schemas.get(progress.schemas().values().iterator().next()).format();
    try {
      return parts.decoders().apply(format).annotated(note, definitions).stream()
          .filter(record -> models.contains(record.model()))
          .toList();
    } catch (Undecodable unreadable) {
      return List.of();
    }
  }

  /** Nothing where the view has no model of the schema's table. */
  private Optional<Readable> find(LogOffset offset) {
    Optional<Readable> known = readables.get(offset);
    if (known == null) {
      LogRecord.Schema schema = schemas.get(offset);
      known =
          definitions
              .findModel(schema.source(), schema.table())
              .filter(found -> models.contains(found.name()))
              .map(found -> new Readable(schema, found, parts.decoders().apply(schema.format())));
      if (readables.size() >= READABLES_MAX) {
        readables.clear();
      }
      readables.put(offset, known);
    }
    return known;
  }

  /** The model of a table that became known, where the view has it. */
  Optional<ModelName> modelOf(LogRecord.TableKnown known) {
    return definitions
        .findModel(known.source(), known.table())
        .map(ModelDefinition::name)
        .filter(models::contains);
  }
}
