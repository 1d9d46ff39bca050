package dev.overseer.ingestion.postgres;

import dev.overseer.formats.pgoutput.PgOutput.Relation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a table's rows are divided into chunks. A chunk's beginning is told as texts, which are kept
 * in the log.
 */
sealed interface TablePaging {

  /** The part of a table that a chunk is read from. */
  record Part(String condition, String order) {}

  /**
   * @param from where the chunk begins; empty at the table's beginning, or where it was told of
   *     another paging
   * @param rowsMax about as many rows
   */
  Part part(List<String> from, int rowsMax);

  /** Whether a chunk may end at any of its rows. */
  boolean canEndEarly();

  /**
   * Where the chunk after that one begins, if there is one.
   *
   * @param last the last row that was read of it, in the order of the relation's columns
   * @param isFull whether there may be more rows than were read
   */
  Optional<List<String>> next(
      List<String> from, int rowsMax, List<@Nullable String> last, boolean isFull);

  /**
   * By a unique index, in the order that the server itself gives its values.
   *
   * @param places of its columns among the relation's
   */
  record ByKey(List<String> columns, List<Integer> places) implements TablePaging {
    static final String WORD = "key";

    @Override
    public Part part(List<String> from, int rowsMax) {
      String names = columns.stream().map(Sql::name).collect(Collectors.joining(", "));
      boolean isFirst = from.size() != columns.size() + 1 || !from.getFirst().equals(WORD);
      String values = from.stream().skip(1).map(Sql::text).collect(Collectors.joining(", "));
      return new Part(
          isFirst ? "true" : "(%s) > (%s)".formatted(names, values),
          "ORDER BY %s LIMIT %d".formatted(names, rowsMax));
    }

    @Override
    public boolean canEndEarly() {
      return true;
    }

    @Override
    public Optional<List<String>> next(
        List<String> from, int rowsMax, List<@Nullable String> last, boolean isFull) {
      if (!isFull) {
        return Optional.empty();
      }
      Stream<String> values = places.stream().map(place -> String.valueOf(last.get(place)));
      return Optional.of(Stream.concat(Stream.of(WORD), values).toList());
    }
  }

  /**
   * By place in the table's file, for want of an index. A row that moves from a place that was not
   * read to one that was is in the stream, whole.
   *
   * @param pages of the table, or of its largest partition
   */
  record ByPlace(long pages, long rowsPerPage) implements TablePaging {
    static final String WORD = "page";

    @Override
    public Part part(List<String> from, int rowsMax) {
      long first = first(from);
      return new Part(
          "ctid >= '(%d,0)' AND ctid < '(%d,0)'".formatted(first, end(first, rowsMax)), "");
    }

    @Override
    public boolean canEndEarly() {
      return false;
    }

    @Override
    public Optional<List<String>> next(
        List<String> from, int rowsMax, List<@Nullable String> last, boolean isFull) {
      long end = end(first(from), rowsMax);
      return end >= pages ? Optional.empty() : Optional.of(List.of(WORD, Long.toString(end)));
    }

    private static long first(List<String> from) {
      return from.size() == 2 && from.getFirst().equals(WORD) ? Long.parseLong(from.get(1)) : 0;
    }

    private long end(long first, int rowsMax) {
      return first + Math.max(1, rowsMax / rowsPerPage);
    }
  }

  /**
   * By the primary key, or else the index of the replica identity, if all of it may be told.
   *
   * @param told the columns whose values may be kept in the log
   */
  static TablePaging of(Connection connection, Relation relation, Set<String> told)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT array(
                     SELECT a.attname::text
                     FROM unnest(i.indkey) WITH ORDINALITY k (attnum, place)
                     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                     WHERE k.place <= i.indnkeyatts
                     ORDER BY k.place)
            FROM pg_index i
            WHERE i.indrelid = ?::bigint::oid AND (i.indisprimary OR i.indisreplident) AND i.indisvalid
            ORDER BY i.indisprimary DESC
            """)) {
      query.setLong(1, Integer.toUnsignedLong(relation.id()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          String[] columns = (String[]) rows.getArray(1).getArray();
          if (columns.length > 0 && told.containsAll(List.of(columns))) {
            return byKey(relation, List.of(columns));
          }
        }
      }
    }
    return byPlace(connection, relation);
  }

  private static TablePaging byKey(Relation relation, List<String> columns) {
    return new ByKey(
        columns, columns.stream().map(name -> relation.find(name).orElseThrow()).toList());
  }

  private static TablePaging byPlace(Connection connection, Relation relation) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            SELECT coalesce(max(pg_relation_size(leaf) / current_setting('block_size')::bigint), 0),
                   coalesce(max(CASE WHEN c.relpages > 0 THEN c.reltuples / c.relpages END), 100)::bigint
            FROM (SELECT ?::bigint::oid::regclass AS leaf
                  UNION SELECT relid FROM pg_partition_tree(?::bigint::oid::regclass)) leaves
            JOIN pg_class c ON c.oid = leaf
            """)) {
      query.setLong(1, Integer.toUnsignedLong(relation.id()));
      query.setLong(2, Integer.toUnsignedLong(relation.id()));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new ByPlace(row.getLong(1), Math.max(1, row.getLong(2)));
      }
    }
  }
}
