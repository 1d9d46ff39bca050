package dev.overseer.ingestion.postgres;

import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutputWriter;
import dev.overseer.formats.pgoutput.TreatedTable;
import dev.overseer.ingestion.Chunk;
import dev.overseer.ingestion.ReadingOrder;
import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.ingestion.Visibility;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Lsn;
import dev.overseer.model.Tokens;
import dev.overseer.model.TreatedColumn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * One chunk, in one short read-only transaction. The table is locked first, as by any query, and
 * only then is the snapshot taken: what empties or rewrites a table would else show it empty to a
 * snapshot from before. Each row becomes the pgoutput Insert that the server would have sent.
 */
final class ChunkQuery {
  private static final long BYTES_MAX = 4 << 20;

  private static final String SNAPSHOT =
      "SELECT pg_current_snapshot()::text, (extract(epoch FROM clock_timestamp()) *"
          + " 1000000)::bigint";

  private static final String ESTIMATE =
      """
      SELECT coalesce(sum(reltuples) FILTER (WHERE reltuples >= 0), -1)::bigint
      FROM pg_class
      WHERE relkind <> 'p' AND (oid = ?::bigint::oid
        OR oid IN (SELECT relid FROM pg_partition_tree(?::bigint::oid::regclass)))
      """;

  private final Connection connection;
  private final PostgresSource source;
  private final Tokens tokens;
  private final ReadingOrder order;
  private final int rowsMax;

  /** What was read: {@code last} is the last row, and {@code isFull} that there may be more. */
  private record Read(List<Chunk.Row> rows, List<@Nullable String> last, boolean isFull) {}

  private record Moment(Visibility visible, long micros) {}

  ChunkQuery(
      Connection connection,
      PostgresSource source,
      Tokens tokens,
      ReadingOrder order,
      int rowsMax) {
    this.connection = connection;
    this.source = source;
    this.tokens = tokens;
    this.order = order;
    this.rowsMax = rowsMax;
  }

  Chunk run() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; LOCK TABLE %s IN ACCESS SHARE MODE"
              .formatted(Sql.name(order.table())));
      Moment moment = moment(statement);
      new ColumnList(new Questions(connection), source.definition(), order.table())
          .requireColumns();
      PublishedTable table =
          PublishedTable.read(connection, source.publication(), order.table())
              .without(source.definition().droppedOf(order.table()));
      Treated treated = Treated.of(table.relation(), source.definition(), tokens);
      TablePaging paging = TablePaging.of(connection, table.relation(), treated.untreated());
      boolean canEndEarly = order.again().isEmpty() && paging.canEndEarly();
      Read read =
          read(
              treated, statement(table, paging, treated), canEndEarly ? BYTES_MAX : Long.MAX_VALUE);
      statement.execute("ROLLBACK");
      tokens.keep();
      return new Chunk(
          order,
          moment.visible(),
          end(statement),
          moment.micros(),
          Formats.PGOUTPUT,
          PgOutputWriter.relation(treated.table().stored()),
          read.rows(),
          next(paging, read),
          estimate(table.relation()));
    }
  }

  /**
   * @param untreated the columns whose values are stored as they are, and may be told
   */
  private record Treated(TreatedTable table, Set<String> untreated) {

    static Treated of(PgOutput.Relation relation, SourceDefinition definition, Tokens tokens) {
      List<TreatedColumn> treated = definition.treatedOf(relation.table());
      Set<String> names =
          relation.columns().stream()
              .map(PgOutput.RelationColumn::name)
              .collect(Collectors.toCollection(HashSet::new));
      treated.forEach(column -> names.remove(column.name()));
      return new Treated(new TreatedTable(relation, treated, tokens), names);
    }

    boolean tellsKeys() {
      return table.stored().columns().stream()
          .allMatch(column -> !column.key() || untreated.contains(column.name()));
    }
  }

  private static Moment moment(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(SNAPSHOT)) {
      row.next();
      return new Moment(SnapshotText.parse(row.getString(1)), row.getLong(2));
    }
  }

  /** The server knows nothing of tokens: where a key is one, the rows are picked out here. */
  private String statement(PublishedTable table, TablePaging paging, Treated treated) {
    if (!order.again().isEmpty()) {
      return table.copyStatement(treated.tellsKeys() ? isAgain(table.relation()) : "true", "");
    }
    TablePaging.Part part = paging.part(order.next(), rowsMax);
    return table.copyStatement(part.condition(), part.order());
  }

  /** The rows that are to be read again have a key: where the whole row is the key, none are. */
  private String isAgain(PgOutput.Relation relation) {
    String key =
        relation.columns().stream()
            .filter(PgOutput.RelationColumn::key)
            .map(column -> Sql.name(column.name()))
            .collect(Collectors.joining(", "));
    return order.again().stream()
        .map(values -> values.stream().map(Sql::text).collect(Collectors.joining(", ")))
        .collect(Collectors.joining("), (", "(" + key + ") IN ((", "))"));
  }

  private Read read(Treated treated, String statement, long bytesMax) throws SQLException {
    CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
    Set<List<String>> again = Set.copyOf(order.again());
    List<Chunk.Row> rows = new ArrayList<>();
    List<@Nullable String> last = List.of();
    long bytes = 0;
    for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
      if (bytes < bytesMax) {
        last = CopyText.values(line);
        Chunk.Row row = row(treated.table(), last);
        if (again.isEmpty() || again.contains(row.key())) {
          rows.add(row);
        }
      }
      bytes += line.length;
    }
    return new Read(rows, last, rows.size() >= rowsMax || bytes >= bytesMax);
  }

  private static Chunk.Row row(TreatedTable table, List<@Nullable String> row) {
    try {
      List<@Nullable String> stored = table.row(row);
      return new Chunk.Row(
          PgOutputRows.key(table.stored(), stored),
          PgOutputWriter.insert(table.stored().id(), stored));
    } catch (Undecodable e) {
      throw new InvalidRequest("A row cannot be treated: " + e.getMessage(), e);
    }
  }

  private Optional<List<String>> next(TablePaging paging, Read read) {
    return order.again().isEmpty()
        ? paging.next(order.next(), rowsMax, read.last(), read.isFull())
        : Optional.empty();
  }

  /** After the rows were read: whatever they show was committed before it. */
  private static Lsn end(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT pg_current_wal_insert_lsn()::text")) {
      row.next();
      return Lsn.parse(row.getString(1));
    }
  }

  private long estimate(PgOutput.Relation relation) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(ESTIMATE)) {
      query.setLong(1, Integer.toUnsignedLong(relation.id()));
      query.setLong(2, Integer.toUnsignedLong(relation.id()));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
