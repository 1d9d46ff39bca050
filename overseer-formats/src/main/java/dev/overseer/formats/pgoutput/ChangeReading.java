package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.LogRecord;

/** Reads a stored change's bytes, and holds them against its operation and its schema. */
final class ChangeReading {
  private ChangeReading() {}

  /** An Insert, Update, Delete or Truncate of the layout's relation. */
  static PgOutput read(LogRecord.Change change, Layout layout) throws Undecodable {
    PgOutput message = PgOutputParser.parse(change.raw());
    switch (change.operation()) {
      case INSERT, SNAPSHOT -> {
        if (message instanceof PgOutput.Insert insert) {
          layout.requireRelation(insert.relation());
          return message;
        }
      }
      case UPDATE -> {
        if (message instanceof PgOutput.Update update) {
          layout.requireRelation(update.relation());
          return message;
        }
      }
      case DELETE -> {
        if (message instanceof PgOutput.Delete delete) {
          layout.requireRelation(delete.relation());
          return message;
        }
      }
      case TRUNCATE -> {
        if (message instanceof PgOutput.Truncate truncate) {
          if (!truncate.relations().contains(layout.relation().id())) {
            throw new Undecodable("A truncation that does not name " + layout.relation().table());
          }
          return message;
        }
      }
      case ANNOTATION -> {}
    }
    throw notAChange(change);
  }

  static Undecodable notAChange(LogRecord.Change change) {
    return new Undecodable(
        "A change stored as %s that holds another message".formatted(change.operation()));
  }
}
