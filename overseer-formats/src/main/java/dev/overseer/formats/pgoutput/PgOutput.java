package dev.overseer.formats.pgoutput;

import dev.overseer.model.Lsn;
import dev.overseer.model.TableName;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * One message of pgoutput, protocol version 1. Rows are views of the bytes that they were read
 * from, which must not change while they are in use. Commit times are on the server's clock.
 */
public sealed interface PgOutput {

  /**
   * A transaction begins.
   *
   * @param commit the position of its commit record; equal to that of its {@link Commit}
   */
  record Begin(Lsn commit, Instant commitTime, long xid) implements PgOutput {}

  /**
   * A transaction ends.
   *
   * @param commit the position of its commit record
   * @param end the position after it, from which to resume
   */
  record Commit(Lsn commit, Lsn end, Instant commitTime) implements PgOutput {}

  /** The transaction was first committed on another server, at that server's position. */
  record Origin(Lsn commit, String name) implements PgOutput {}

  /**
   * How to read the rows of a table from here on.
   *
   * @param id the table's object id, by which changes name it
   */
  record Relation(
      int id, TableName table, ReplicaIdentity replicaIdentity, List<RelationColumn> columns)
      implements PgOutput {
    public Relation {
      columns = List.copyOf(columns);
    }

    /** The place of a column among the relation's. */
    public OptionalInt find(String column) {
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).name().equals(column)) {
          return OptionalInt.of(i);
        }
      }
      return OptionalInt.empty();
    }
  }

  /**
   * A column of a {@link Relation}.
   *
   * @param key whether it is part of the replica identity: only such columns are in an old key
   * @param type the object id of its type
   * @param modifier its type modifier, -1 for none
   */
  record RelationColumn(boolean key, String name, int type, int modifier) {}

  /** Names a type that is not built in; for a domain, its base type. */
  record Type(int id, String schema, String name) implements PgOutput {}

  record Insert(int relation, Tuple row) implements PgOutput {}

  /**
   * @param row as it is after the change
   */
  record Update(int relation, Old old, Tuple row) implements PgOutput {}

  record Delete(int relation, Old old) implements PgOutput {}

  record Truncate(List<Integer> relations, boolean cascade, boolean restartIdentity)
      implements PgOutput {
    public Truncate {
      relations = List.copyOf(relations);
    }
  }

  /**
   * What an application wrote with {@code pg_logical_emit_message}.
   *
   * @param transactional false: it is no part of the transaction around it, and may be outside any
   */
  record Message(boolean transactional, Lsn position, String prefix, byte[] content)
      implements PgOutput {}

  /** What a change tells of the row before it. */
  sealed interface Old {

    /** Nothing: the replica identity did not change. */
    record Untold() implements Old {}

    /** The columns of the replica identity; all others look null, and are not. */
    record Key(Tuple row) implements Old {}

    /** The whole row: the replica identity is full. */
    record Row(Tuple row) implements Old {}

    Old UNTOLD = new Untold();
  }

  /** What the source logs of a row before an update or a delete. */
  enum ReplicaIdentity {
    DEFAULT('d'),
    NOTHING('n'),
    FULL('f'),
    INDEX('i');

    private final char code;

    ReplicaIdentity(char code) {
      this.code = code;
    }

    /** The letter in {@code pg_class.relreplident}, and on the wire. */
    public char code() {
      return code;
    }
  }
}
