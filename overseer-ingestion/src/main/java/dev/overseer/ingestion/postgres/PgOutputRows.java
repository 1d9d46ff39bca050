package dev.overseer.ingestion.postgres;

import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutputParser;
import dev.overseer.formats.pgoutput.PgOutputWriter;
import dev.overseer.formats.pgoutput.Tuple;
import dev.overseer.ingestion.RowFormat;
import dev.overseer.ingestion.RowTouch;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells rows by the columns of their replica identity, which every change has: a key, or the whole
 * row where the identity is full. For one thread.
 */
public final class PgOutputRows implements RowFormat {
  /** No text of Postgres has this character. */
  private static final String NULL = "\0";

  private byte @Nullable [] lastSchema;
  private PgOutput.@Nullable Relation lastRelation;

  @Override
  public RowTouch touch(byte[] schema, Operation operation, byte[] raw) {
    try {
      PgOutput.Relation relation = relation(schema);
      return switch (PgOutputParser.parse(raw)) {
        case PgOutput.Insert(int _, Tuple row) ->
            new RowTouch.Written(key(relation, row, null), Optional.empty(), true);
        case PgOutput.Update(int _, PgOutput.Old old, Tuple row) -> written(relation, old, row);
        case PgOutput.Delete(int _, PgOutput.Old old) ->
            new RowTouch.Removed(key(relation, tuple(old), null));
        case PgOutput.Truncate _ -> new RowTouch.Emptied();
        case PgOutput.Begin _,
            PgOutput.Commit _,
            PgOutput.Origin _,
            PgOutput.Relation _,
            PgOutput.Type _,
            PgOutput.Message _ ->
            new RowTouch.Unreadable();
      };
    } catch (Undecodable e) {
      return new RowTouch.Unreadable();
    }
  }

  private static RowTouch written(PgOutput.Relation relation, PgOutput.Old old, Tuple row)
      throws Undecodable {
    Tuple before = tuple(old);
    List<String> key = key(relation, row, before);
    Optional<List<String>> previous =
        before == null ? Optional.empty() : Optional.of(key(relation, before, null));
    boolean isWhole = !row.hasUnchanged() || old instanceof PgOutput.Old.Row;
    return new RowTouch.Written(key, previous.filter(it -> !it.equals(key)), isWhole);
  }

  private static @Nullable Tuple tuple(PgOutput.Old old) {
    return switch (old) {
      case PgOutput.Old.Untold() -> null;
      case PgOutput.Old.Key(Tuple key) -> key;
      case PgOutput.Old.Row(Tuple row) -> row;
    };
  }

  /**
   * @param before tells the large values that {@code row} leaves out
   */
  private static List<String> key(
      PgOutput.Relation relation, @Nullable Tuple row, @Nullable Tuple before) throws Undecodable {
    if (row == null || row.size() != relation.columns().size()) {
      throw new Undecodable("A row that its relation does not fit");
    }
    List<String> key = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      if (relation.columns().get(i).key()) {
        Tuple side = row.isUnchanged(i) ? before : row;
        key.add(value(side, i));
      }
    }
    return List.copyOf(key);
  }

  private static String value(@Nullable Tuple side, int column) throws Undecodable {
    if (side == null || side.isUnchanged(column)) {
      throw new Undecodable("A key that was not sent");
    }
    return side.isNull(column) ? NULL : side.text(column);
  }

  /** The key of a row as {@link #touch} tells it. */
  static List<String> key(PgOutput.Relation relation, List<@Nullable String> row) {
    List<String> key = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      if (relation.columns().get(i).key()) {
        String value = row.get(i);
        key.add(value == null ? NULL : value);
      }
    }
    return List.copyOf(key);
  }

  @Override
  public String identity(byte[] schema) {
    try {
      return Integer.toUnsignedString(relation(schema).id());
    } catch (Undecodable e) {
      throw new InvariantViolated("A stored schema cannot be read: " + e.getMessage());
    }
  }

  @Override
  public byte[] emptying(byte[] schema) {
    try {
      int table = relation(schema).id();
      return PgOutputWriter.truncate(new PgOutput.Truncate(List.of(table), false, false));
    } catch (Undecodable e) {
      throw new InvariantViolated("A stored schema cannot be read: " + e.getMessage());
    }
  }

  /** Changes come in runs of one table. */
  private PgOutput.Relation relation(byte[] schema) throws Undecodable {
    if (lastRelation == null || !Arrays.equals(schema, lastSchema)) {
      lastRelation = PgOutputParser.parseRelation(schema);
      lastSchema = schema;
    }
    return lastRelation;
  }
}
