package dev.overseer.formats.pgoutput;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages as a server would: rows that a snapshot read, and the relations to read them
 * with, enter the update log in the same format as the changes that follow. Stateless.
 */
public final class PgOutputWriter {
  private PgOutputWriter() {}

  public static byte[] begin(PgOutput.Begin begin) {
    return message(PgOutputKind.BEGIN)
        .int64(begin.commit().value())
        .int64(micros(begin.commitTime()))
        .int32((int) begin.xid())
        .toBytes();
  }

  public static byte[] commit(PgOutput.Commit commit) {
    return message(PgOutputKind.COMMIT)
        .int8(0)
        .int64(commit.commit().value())
        .int64(commit.end().value())
        .int64(micros(commit.commitTime()))
        .toBytes();
  }

  public static byte[] origin(PgOutput.Origin origin) {
    return message(PgOutputKind.ORIGIN)
        .int64(origin.commit().value())
        .string(origin.name())
        .toBytes();
  }

  public static byte[] relation(PgOutput.Relation relation) {
    ByteSink sink =
        message(PgOutputKind.RELATION)
            .int32(relation.id())
            .string(relation.table().schema())
            .string(relation.table().name())
            .int8(relation.replicaIdentity().code())
            .int16(relation.columns().size());
    for (PgOutput.RelationColumn column : relation.columns()) {
      sink.int8(column.key() ? 1 : 0)
          .string(column.name())
          .int32(column.type())
          .int32(column.modifier());
    }
    return sink.toBytes();
  }

  public static byte[] type(PgOutput.Type type) {
    return message(PgOutputKind.TYPE)
        .int32(type.id())
        .string(type.schema())
        .string(type.name())
        .toBytes();
  }

  /**
   * @param row the text of each column in the order of the relation; null is SQL's null
   */
  public static byte[] insert(int relation, List<@Nullable String> row) {
    return message(PgOutputKind.INSERT).int32(relation).int8('N').row(row).toBytes();
  }

  /** An update that left the replica identity alone. */
  public static byte[] update(int relation, List<Column> row) {
    return message(PgOutputKind.UPDATE).int32(relation).int8('N').columns(row).toBytes();
  }

  /** An update that changed the replica identity; columns outside of it are null in the old key. */
  public static byte[] updateWithOldKey(int relation, List<Column> oldKey, List<Column> row) {
    return message(PgOutputKind.UPDATE)
        .int32(relation)
        .int8('K')
        .columns(oldKey)
        .int8('N')
        .columns(row)
        .toBytes();
  }

  /** An update of a table whose replica identity is full. */
  public static byte[] updateWithOldRow(int relation, List<Column> oldRow, List<Column> row) {
    return message(PgOutputKind.UPDATE)
        .int32(relation)
        .int8('O')
        .columns(oldRow)
        .int8('N')
        .columns(row)
        .toBytes();
  }

  /** A delete; columns outside of the replica identity are null in the old key. */
  public static byte[] deleteByKey(int relation, List<Column> oldKey) {
    return message(PgOutputKind.DELETE).int32(relation).int8('K').columns(oldKey).toBytes();
  }

  /** A delete from a table whose replica identity is full. */
  public static byte[] deleteByRow(int relation, List<Column> oldRow) {
    return message(PgOutputKind.DELETE).int32(relation).int8('O').columns(oldRow).toBytes();
  }

  public static byte[] truncate(PgOutput.Truncate truncate) {
    ByteSink sink =
        message(PgOutputKind.TRUNCATE)
            .int32(truncate.relations().size())
            .int8((truncate.cascade() ? 1 : 0) | (truncate.restartIdentity() ? 2 : 0));
    truncate.relations().forEach(sink::int32);
    return sink.toBytes();
  }

  public static byte[] message(PgOutput.Message message) {
    return message(PgOutputKind.MESSAGE)
        .int8(message.transactional() ? 1 : 0)
        .int64(message.position().value())
        .string(message.prefix())
        .int32(message.content().length)
        .bytes(message.content())
        .toBytes();
  }

  /** Begins a block of a transaction that is sent before it has ended. */
  public static byte[] streamStart(PgStreaming.Start start) {
    return new ByteSink().int8('S').int32(start.xid()).int8(start.first() ? 1 : 0).toBytes();
  }

  public static byte[] streamStop() {
    return new ByteSink().int8('E').toBytes();
  }

  public static byte[] streamCommit(PgStreaming.Commit commit) {
    return new ByteSink()
        .int8('c')
        .int32(commit.xid())
        .int8(0)
        .int64(commit.commit().value())
        .int64(commit.end().value())
        .int64(micros(commit.commitTime()))
        .toBytes();
  }

  public static byte[] streamAbort(PgStreaming.Abort abort) {
    return new ByteSink().int8('A').int32(abort.xid()).int32(abort.aborted()).toBytes();
  }

  /** A message as it is inside a block: with its (sub)transaction behind its first byte. */
  public static byte[] streamed(int xid, byte[] message) {
    byte[] rest = Arrays.copyOfRange(message, 1, message.length);
    return new ByteSink().int8(message[0]).int32(xid).bytes(rest).toBytes();
  }

  /** A column of a row to be written. */
  public sealed interface Column {
    record Null() implements Column {}

    record Unchanged() implements Column {}

    record Text(String value) implements Column {}

    Column NULL = new Null();
    Column UNCHANGED = new Unchanged();

    static Column of(@Nullable String text) {
      return text == null ? NULL : new Text(text);
    }
  }

  private static ByteSink message(PgOutputKind kind) {
    return new ByteSink().int8(kind.code);
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(PgOutputParser.POSTGRES_EPOCH, time);
  }
}
