package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Lsn;
import dev.overseer.model.TableName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads messages from slices of byte arrays. Every method refuses bytes that are not what they
 * should be with {@link Undecodable} and the position of the fault, and never otherwise. Row values
 * are not copied. Stateless.
 */
public final class PgOutputParser {
  static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private static final int TRUNCATE_CASCADE = 1;
  private static final int TRUNCATE_RESTART_IDENTITY = 2;

  private PgOutputParser() {}

  /** The kind of the message in {@code bytes[from, to)}, by its first byte alone. */
  public static PgOutputKind kind(byte[] bytes, int from, int to) throws Undecodable {
    if (from >= to) {
      throw new Undecodable("An empty message");
    }
    return PgOutputKind.of(bytes[from]);
  }

  /** The table that a Relation, Insert, Update or Delete is about, without reading the rest. */
  public static int relationId(byte[] bytes, int from, int to) throws Undecodable {
    ByteCursor cursor = new ByteCursor(bytes, from, to);
    return switch (PgOutputKind.of(cursor.int8())) {
      case RELATION, INSERT, UPDATE, DELETE -> cursor.int32();
      case BEGIN, COMMIT, ORIGIN, TYPE, TRUNCATE, MESSAGE ->
          throw cursor.undecodable("a message that is not about one relation");
    };
  }

  public static PgOutput parse(byte[] bytes) throws Undecodable {
    return parse(bytes, 0, bytes.length);
  }

  public static PgOutput parse(byte[] bytes, int from, int to) throws Undecodable {
    ByteCursor cursor = new ByteCursor(bytes, from, to);
    PgOutput message = parse(PgOutputKind.of(cursor.int8()), cursor);
    cursor.end();
    return message;
  }

  /** Reads {@code bytes} as the Relation message that they must be. */
  public static PgOutput.Relation parseRelation(byte[] bytes) throws Undecodable {
    if (parse(bytes) instanceof PgOutput.Relation relation) {
      return relation;
    }
    throw new Undecodable("A schema of pgoutput is a Relation message, and this one is not");
  }

  private static PgOutput parse(PgOutputKind kind, ByteCursor cursor) throws Undecodable {
    return switch (kind) {
      case BEGIN -> begin(cursor);
      case COMMIT -> commit(cursor);
      case ORIGIN -> new PgOutput.Origin(lsn(cursor), cursor.string());
      case RELATION -> relation(cursor);
      case TYPE -> new PgOutput.Type(cursor.int32(), cursor.string(), cursor.string());
      case INSERT -> new PgOutput.Insert(cursor.int32(), newRow(cursor, cursor.int8()));
      case UPDATE -> update(cursor);
      case DELETE -> new PgOutput.Delete(cursor.int32(), old(cursor, cursor.int8()));
      case TRUNCATE -> truncate(cursor);
      case MESSAGE -> message(cursor);
    };
  }

  private static PgOutput.Begin begin(ByteCursor cursor) throws Undecodable {
    return new PgOutput.Begin(lsn(cursor), time(cursor), Integer.toUnsignedLong(cursor.int32()));
  }

  private static PgOutput.Commit commit(ByteCursor cursor) throws Undecodable {
    cursor.int8(); // flags, of which there are none yet
    return new PgOutput.Commit(lsn(cursor), lsn(cursor), time(cursor));
  }

  private static PgOutput.Relation relation(ByteCursor cursor) throws Undecodable {
    int id = cursor.int32();
    String schema = cursor.string();
    TableName table = new TableName(schema.isEmpty() ? "pg_catalog" : schema, cursor.string());
    PgOutput.ReplicaIdentity identity = replicaIdentity(cursor, cursor.int8());
    int size = cursor.count(cursor.int16(), 10);
    List<PgOutput.RelationColumn> columns = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      boolean key = (cursor.int8() & 1) != 0;
      columns.add(
          new PgOutput.RelationColumn(key, cursor.string(), cursor.int32(), cursor.int32()));
    }
    return new PgOutput.Relation(id, table, identity, columns);
  }

  private static PgOutput.ReplicaIdentity replicaIdentity(ByteCursor cursor, byte code)
      throws Undecodable {
    for (PgOutput.ReplicaIdentity identity : PgOutput.ReplicaIdentity.values()) {
      if (identity.code() == code) {
        return identity;
      }
    }
    throw cursor.undecodable("a replica identity 0x%02x".formatted(code));
  }

  private static PgOutput.Update update(ByteCursor cursor) throws Undecodable {
    int relation = cursor.int32();
    byte mark = cursor.int8();
    if (mark == 'N') {
      return new PgOutput.Update(relation, PgOutput.Old.UNTOLD, Tuple.read(cursor));
    }
    PgOutput.Old old = old(cursor, mark);
    return new PgOutput.Update(relation, old, newRow(cursor, cursor.int8()));
  }

  private static PgOutput.Old old(ByteCursor cursor, byte mark) throws Undecodable {
    return switch (mark) {
      case 'K' -> new PgOutput.Old.Key(Tuple.read(cursor));
      case 'O' -> new PgOutput.Old.Row(Tuple.read(cursor));
      case Withheld.MARK -> throw Withheld.fault(cursor);
      default -> throw cursor.undecodable("an old row that begins with 0x%02x".formatted(mark));
    };
  }

  private static Tuple newRow(ByteCursor cursor, byte mark) throws Undecodable {
    if (mark == Withheld.MARK) {
      throw Withheld.fault(cursor);
    }
    if (mark != 'N') {
      throw cursor.undecodable("a new row that begins with 0x%02x".formatted(mark));
    }
    return Tuple.read(cursor);
  }

  private static PgOutput.Truncate truncate(ByteCursor cursor) throws Undecodable {
    int size = cursor.int32();
    byte options = cursor.int8();
    cursor.count(size, 4);
    List<Integer> relations = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      relations.add(cursor.int32());
    }
    return new PgOutput.Truncate(
        relations, (options & TRUNCATE_CASCADE) != 0, (options & TRUNCATE_RESTART_IDENTITY) != 0);
  }

  private static PgOutput.Message message(ByteCursor cursor) throws Undecodable {
    boolean transactional = (cursor.int8() & 1) != 0;
    Lsn position = lsn(cursor);
    String prefix = cursor.string();
    int length = cursor.int32();
    int start = cursor.taken(length);
    byte[] content = new byte[length];
    System.arraycopy(cursor.bytes(), start, content, 0, length);
    return new PgOutput.Message(transactional, position, prefix, content);
  }

  private static Lsn lsn(ByteCursor cursor) throws Undecodable {
    return new Lsn(cursor.int64());
  }

  /** Microseconds since Postgres's epoch; the limits of its timestamps lie far inside of ours. */
  private static Instant time(ByteCursor cursor) throws Undecodable {
    return POSTGRES_EPOCH.plus(cursor.int64(), ChronoUnit.MICROS);
  }
}
