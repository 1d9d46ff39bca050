package dev.overseer.server.reading;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.LogRecord;
import dev.overseer.model.TreatedColumn;
import dev.overseer.model.Treatment;
import dev.overseer.model.UpdateId;
import dev.overseer.server.reading.RawAnswer.RawUpdate;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.Schemas;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells single updates. For one reading. */
final class UpdateTelling {
  private static final String EXPIRED = "it was deleted, as older than its source's retention";

  private final ReadableLog<LogRecord> log;
  private final Schemas schemas;

  UpdateTelling(ReadableLog<LogRecord> log) {
    this.log = log;
    this.schemas = new Schemas(log);
  }

  UpdateReading tell(IndexedUpdate update) {
    return tell(update, log.get(update.change()));
  }

  private UpdateReading tell(IndexedUpdate update, LogRecord change) {
    if (!(log.get(update.commit()) instanceof LogRecord.Commit commit)) {
      throw notOfTheLog(update);
    }
    UpdateId id = new UpdateId(change.source(), commit.transaction(), ordinal(update, change));
    return new UpdateReading(
        update.change().value(),
        id.toString(),
        update.operation().name().toLowerCase(Locale.ROOT),
        update.effectiveTime().toInstant(),
        commit.commitTime(),
        update.commit().next().value());
  }

  private static int ordinal(IndexedUpdate update, LogRecord record) {
    if (record instanceof LogRecord.Change change) {
      return change.ordinal();
    }
    if (record instanceof LogRecord.DeadLetter letter) {
      return letter.ordinal();
    }
    if (record instanceof LogRecord.Expired expired) {
      return expired.ordinal();
    }
    throw notOfTheLog(update);
  }

  RawUpdate raw(IndexedUpdate update) {
    LogRecord record = log.get(update.change());
    UpdateReading told = tell(update, record);
    if (record instanceof LogRecord.DeadLetter letter) {
      return new RawUpdate(
          told,
          Optional.of(letter.format()),
          Optional.empty(),
          List.of(),
          Optional.of(letter.reason()),
          Base64.getEncoder().encodeToString(letter.raw()));
    }
    if (record instanceof LogRecord.Expired) {
      return new RawUpdate(
          told, Optional.empty(), Optional.empty(), List.of(), Optional.of(EXPIRED), "");
    }
    if (!(record instanceof LogRecord.Change change)) {
      throw notOfTheLog(update);
    }
    Optional<LogRecord.Schema> schema = schema(update);
    return new RawUpdate(
        told,
        schema.map(LogRecord.Schema::format),
        schema.map(_ -> change.schema().value()),
        schema.map(LogRecord.Schema::treated).orElse(List.of()).stream()
            .map(TreatedColumn::name)
            .toList(),
        Optional.empty(),
        Base64.getEncoder().encodeToString(change.raw()));
  }

  /** What reads the update; empty for what needs none, and for a dead letter. */
  Optional<LogRecord.Schema> schema(IndexedUpdate update) {
    return switch (update.operation()) {
      case INSERT, UPDATE, DELETE, SNAPSHOT, TRUNCATE ->
          log.get(update.change()) instanceof LogRecord.Change change
              ? Optional.of(schemas.get(change.schema()))
              : Optional.empty();
      case ANNOTATION -> Optional.empty();
    };
  }

  static String word(Treatment treatment) {
    return switch (treatment) {
      case Treatment.Drop() -> "drop";
      case Treatment.Hash() -> "hash";
      case Treatment.Encrypt _ -> "encrypt";
    };
  }

  private static CorruptStore notOfTheLog(IndexedUpdate update) {
    return new CorruptStore(
        "The index names an update at offset %s of the log, where there is none: stop, delete the index, start again"
            .formatted(update.change()));
  }
}
