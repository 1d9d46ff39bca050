package dev.overseer.bench.views;

import dev.overseer.model.RecordKey;
import dev.overseer.testkit.PostgresServer;
import dev.overseer.testkit.PostgresVersion;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * The peer: the same records in Postgres, a row for each update, indexed by key and time, and by
 * the withdrawal that they refer to. Every query is a prepared statement over one local connection.
 */
final class HistoryTable implements AutoCloseable {
  private static final int ROWS_PER_COPY = 10_000;
  private static final String TIME = "timestamptz 'epoch' + ? * interval '1 microsecond'";
  private static final String RECORD =
      "select withdrawal_id, amount, note from history where key = ? and valid_from <= "
          + TIME
          + " order by valid_from desc limit 1";
  private static final String VIEW =
      "select distinct on (key) key, withdrawal_id, amount, note from history"
          + " where withdrawal_id = ? and valid_from <= "
          + TIME
          + " order by key, valid_from desc";

  private final PostgresServer server;
  private final Connection connection;
  private final PreparedStatement record;
  private final PreparedStatement view;

  HistoryTable(PostgresVersion version, Histories histories) {
    server = PostgresServer.builder().version(version).setting("shared_buffers", "512MB").start();
    try {
      connection = server.connect();
      execute(
          "create table history (key uuid, valid_from timestamptz, withdrawal_id uuid, amount"
              + " numeric, note text, primary key (key, valid_from))");
      for (Kind kind : Kind.values()) {
        copy(histories.of(kind));
      }
      execute("create index on history (withdrawal_id, key, valid_from desc)");
      execute("vacuum (analyze, freeze) history");
      record = connection.prepareStatement(RECORD);
      view = connection.prepareStatement(VIEW);
    } catch (SQLException | IOException e) {
      server.close();
      throw new IllegalStateException("The table of histories cannot be made", e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void copy(Histories.History history) throws SQLException, IOException {
    StringBuilder rows = new StringBuilder();
    for (long number = 0; number < history.count(); number++) {
      long of = number % history.updates().records();
      rows.append(history.updates().record(of).values().getFirst())
          .append("\t1970-01-01 00:00:00.%06d+00\t".formatted(history.timeOf(number)))
          .append(history.updates().reference(of).target().values().getFirst())
          .append("\t125.00\t")
          .append("booked transfer %019d ".formatted(number).repeat(5))
          .append('\n');
      if ((number + 1) % ROWS_PER_COPY == 0 || number + 1 == history.count()) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy history from stdin", new StringReader(rows.toString()));
        rows.setLength(0);
      }
    }
  }

  /** Reads one record, or one view, by chance and as of any time, and all of its values. */
  void read(Histories.History history, Random random) {
    try {
      PreparedStatement query = query(history, random);
      int rows = 0;
      try (ResultSet found = query.executeQuery()) {
        while (found.next()) {
          rows += found.getObject("withdrawal_id") == null ? 0 : 1;
          found.getBigDecimal("amount");
          found.getString("note");
        }
      }
      Histories.require(rows == history.found(), "%d rows".formatted(rows));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private PreparedStatement query(Histories.History history, Random random) throws SQLException {
    PreparedStatement query = history.kind().isView() ? view : record;
    ask(query, history, random);
    return query;
  }

  private static void ask(PreparedStatement query, Histories.History history, Random random)
      throws SQLException {
    boolean isView = history.kind().isView();
    long of = isView ? 0 : random.nextLong(history.updates().records());
    RecordKey key =
        isView ? history.updates().reference(of).target() : history.updates().record(of);
    query.setObject(1, UUID.fromString(key.values().getFirst()));
    query.setLong(2, history.anyTime(random));
  }

  /** Milliseconds that the server says it took for one such read, without planning it. */
  double serverMillis(Histories.History history, Random random) {
    String query = history.kind().isView() ? VIEW : RECORD;
    try (PreparedStatement explained =
        connection.prepareStatement("explain (analyze, timing off) " + query)) {
      ask(explained, history, random);
      return executionMillis(explained);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double executionMillis(PreparedStatement explained) throws SQLException {
    try (ResultSet lines = explained.executeQuery()) {
      while (lines.next()) {
        String line = lines.getString(1);
        if (line.startsWith("Execution Time: ")) {
          return Double.parseDouble(line.replaceAll("[^0-9.]", ""));
        }
      }
      throw new IllegalStateException("Postgres does not say how long it took");
    }
  }

  @Override
  public void close() {
    try (server) {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
