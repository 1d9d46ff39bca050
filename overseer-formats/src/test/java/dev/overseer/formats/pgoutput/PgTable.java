package dev.overseer.formats.pgoutput;

import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Postgres table of tests' making, and its changes as the server would send them. Values are in
 * the order of the columns: text, {@code null}, or {@link #UNCHANGED}.
 */
public record PgTable(
    SourceName source,
    int id,
    TableName name,
    PgOutput.ReplicaIdentity replicaIdentity,
    List<PgOutput.RelationColumn> columns) {

  /** The value of a column that was too large to be sent again. */
  public static final String UNCHANGED = new String("(unchanged)");

  private static final Map<String, Integer> TYPES =
      Map.ofEntries(
          Map.entry("bool", 16),
          Map.entry("bytea", 17),
          Map.entry("int8", 20),
          Map.entry("int2", 21),
          Map.entry("int4", 23),
          Map.entry("text", 25),
          Map.entry("json", 114),
          Map.entry("float4", 700),
          Map.entry("float8", 701),
          Map.entry("bpchar", 1042),
          Map.entry("varchar", 1043),
          Map.entry("date", 1082),
          Map.entry("time", 1083),
          Map.entry("timestamp", 1114),
          Map.entry("timestamptz", 1184),
          Map.entry("numeric", 1700),
          Map.entry("uuid", 2950),
          Map.entry("jsonb", 3802));

  public PgTable {
    columns = List.copyOf(columns);
  }

  /**
   * A table with the default replica identity.
   *
   * @param columns each as {@code "name type"}, with {@code key} after it for the primary key's
   */
  public static PgTable of(String source, int id, String name, String... columns) {
    List<PgOutput.RelationColumn> all = new ArrayList<>();
    for (String column : columns) {
      List<String> words = List.of(column.split(" "));
      Integer type = TYPES.get(words.get(1));
      if (type == null) {
        throw new IllegalArgumentException("No type is known here as " + words.get(1));
      }
      all.add(new PgOutput.RelationColumn(words.contains("key"), words.get(0), type, -1));
    }
    return new PgTable(
        new SourceName(source), id, TableName.parse(name), PgOutput.ReplicaIdentity.DEFAULT, all);
  }

  /** The same table, which sends whole old rows. */
  public PgTable withFullIdentity() {
    List<PgOutput.RelationColumn> all =
        columns.stream()
            .map(c -> new PgOutput.RelationColumn(true, c.name(), c.type(), c.modifier()))
            .toList();
    return new PgTable(source, id, name, PgOutput.ReplicaIdentity.FULL, all);
  }

  public byte[] relation() {
    return PgOutputWriter.relation(new PgOutput.Relation(id, name, replicaIdentity, columns));
  }

  public LogRecord.Schema schema() {
    return new LogRecord.Schema(source, name, "pgoutput", relation());
  }

  @SuppressWarnings("ReferenceEquality") // as below
  public byte[] insert(@Nullable String... row) {
    List<@Nullable String> values = Arrays.asList(row);
    if (values.stream().anyMatch(value -> value == UNCHANGED)) {
      throw new IllegalArgumentException("An insert sends every value");
    }
    return PgOutputWriter.insert(id, values);
  }

  public byte[] update(@Nullable String... row) {
    return PgOutputWriter.update(id, columns(row));
  }

  /** An update of the key: {@code oldKey} has the values of the key columns only. */
  public byte[] updateKey(List<String> oldKey, @Nullable String... row) {
    return PgOutputWriter.updateWithOldKey(id, keyRow(oldKey), columns(row));
  }

  /** An update where the replica identity is full. */
  public byte[] updateRow(List<@Nullable String> oldRow, @Nullable String... row) {
    return PgOutputWriter.updateWithOldRow(
        id, columns(oldRow.toArray(new @Nullable String[0])), columns(row));
  }

  /** A delete: {@code oldKey} has the values of the key columns only. */
  public byte[] delete(String... oldKey) {
    return PgOutputWriter.deleteByKey(id, keyRow(List.of(oldKey)));
  }

  /** A delete where the replica identity is full. */
  public byte[] deleteRow(@Nullable String... oldRow) {
    return PgOutputWriter.deleteByRow(id, columns(oldRow));
  }

  public byte[] truncate() {
    return PgOutputWriter.truncate(new PgOutput.Truncate(List.of(id), false, false));
  }

  private List<PgOutputWriter.Column> keyRow(List<String> values) {
    List<PgOutputWriter.Column> row = new ArrayList<>();
    int next = 0;
    for (PgOutput.RelationColumn column : columns) {
      row.add(PgOutputWriter.Column.of(column.key() ? values.get(next++) : null));
    }
    return row;
  }

  @SuppressWarnings("ReferenceEquality") // the mark is this one string, not any that reads like it
  private static List<PgOutputWriter.Column> columns(@Nullable String... row) {
    List<PgOutputWriter.Column> columns = new ArrayList<>();
    for (@Nullable String text : row) {
      columns.add(
          text == UNCHANGED ? PgOutputWriter.Column.UNCHANGED : PgOutputWriter.Column.of(text));
    }
    return columns;
  }
}
