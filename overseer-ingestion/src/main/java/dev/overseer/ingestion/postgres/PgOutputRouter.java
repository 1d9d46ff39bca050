package dev.overseer.ingestion.postgres;

import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutputParser;
import dev.overseer.ingestion.StreamReceiver;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands pgoutput's messages to ingestion. Of a row's change it reads the kind and the table and
 * copies the rest as it is, because this runs for every change there is. Tables that are not wanted
 * are not even copied. One for each connection.
 */
final class PgOutputRouter {
  private final Relations relations;
  private boolean inTransaction;

  /** The relation of the last change: most changes come in runs. */
  private int lastRelation;

  private @Nullable Optional<LogOffset> lastSchema;

  PgOutputRouter(Relations relations) {
    this.relations = relations;
  }

  /** Takes the message in {@code frame[from, end)}, which arrives now. */
  void route(byte[] frame, int from, StreamReceiver into) throws Undecodable {
    route(frame, from, relations.arrival(), into);
  }

  /**
   * Takes the message in {@code frame[from, end)}.
   *
   * @param arrival its number, which may be older than that of what was taken already
   * @throws Undecodable when it is not a row's change and cannot be read: then nothing after it can
   *     be read for certain
   */
  void route(byte[] frame, int from, long arrival, StreamReceiver into) throws Undecodable {
    switch (PgOutputParser.kind(frame, from, frame.length)) {
      case INSERT -> change(Operation.INSERT, frame, from, into);
      case UPDATE -> change(Operation.UPDATE, frame, from, into);
      case DELETE -> change(Operation.DELETE, frame, from, into);
      case BEGIN, COMMIT, RELATION, TRUNCATE, MESSAGE ->
          take(PgOutputParser.parse(frame, from, frame.length), frame, from, arrival, into);
      case ORIGIN, TYPE -> {}
    }
  }

  private void change(Operation operation, byte[] frame, int from, StreamReceiver into)
      throws Undecodable {
    if (!inTransaction) {
      throw new Undecodable("a row's change outside of any transaction");
    }
    try {
      int relation = PgOutputParser.relationId(frame, from, frame.length);
      Optional<LogOffset> schema = schemaOf(relation);
      if (schema.isPresent()) {
        into.change(operation, schema.get(), rest(frame, from));
      } else {
        into.skip();
      }
    } catch (Undecodable e) {
      into.deadLetter(Formats.PGOUTPUT, String.valueOf(e.getMessage()), rest(frame, from));
    }
  }

  private Optional<LogOffset> schemaOf(int relation) throws Undecodable {
    if (lastSchema != null && lastRelation == relation) {
      return lastSchema;
    }
    Optional<LogOffset> schema = relations.find(relation);
    if (schema == null) {
      throw new Undecodable("a change of relation %d, which no Relation named".formatted(relation));
    }
    lastRelation = relation;
    lastSchema = schema;
    return schema;
  }

  void begin(PgOutput.Begin begin, StreamReceiver into) {
    inTransaction = true;
    lastSchema = null;
    into.begin(begin.commit(), EffectiveTime.of(begin.commitTime()).micros(), begin.xid());
  }

  /**
   * @param end the position after the transaction
   */
  void commit(Lsn end, StreamReceiver into) {
    inTransaction = false;
    lastSchema = null;
    into.commit(end);
  }

  private void take(PgOutput message, byte[] frame, int from, long arrival, StreamReceiver into)
      throws Undecodable {
    switch (message) {
      case PgOutput.Begin begin -> begin(begin, into);
      case PgOutput.Commit commit -> commit(commit.end(), into);
      case PgOutput.Relation relation -> {
        Optional<LogOffset> schema =
            into.schema(relation.table(), Formats.PGOUTPUT, rest(frame, from));
        relations.put(relation.id(), arrival, schema);
        lastSchema = null;
      }
      case PgOutput.Truncate truncate -> {
        for (int relation : truncate.relations()) {
          truncate(schemaOf(relation), frame, from, into);
        }
      }
      case PgOutput.Message text -> {
        if (text.transactional() && inTransaction) {
          into.annotation(rest(frame, from));
        } else if (Heartbeat.is(text.prefix())) {
          into.heartbeat();
        } else {
          into.skip();
        }
      }
      case PgOutput.Origin _,
          PgOutput.Type _,
          PgOutput.Insert _,
          PgOutput.Update _,
          PgOutput.Delete _ -> {}
    }
  }

  /** One message may empty many tables: it is stored as one change of each. */
  private static void truncate(
      Optional<LogOffset> schema, byte[] frame, int from, StreamReceiver into) {
    if (schema.isPresent()) {
      into.change(Operation.TRUNCATE, schema.get(), rest(frame, from));
    } else {
      into.skip();
    }
  }

  private static byte[] rest(byte[] frame, int from) {
    return Arrays.copyOfRange(frame, from, frame.length);
  }
}
