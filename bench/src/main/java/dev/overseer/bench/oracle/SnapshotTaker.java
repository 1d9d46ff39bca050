package dev.overseer.bench.oracle;

import dev.overseer.bench.oracle.Snapshot.Naming;
import dev.overseer.bench.oracle.Snapshot.Rows;
import dev.overseer.model.RecordKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server for everything that it has, as of one moment. The tables are locked first,
 * because a truncation empties them for snapshots that were taken before it, too.
 */
final class SnapshotTaker {
  private static final int ATTEMPTS_MAX = 20;

  private final Database database;
  private final List<WorkTable> tables;
  private final Evolution evolution;

  /** Most values come again and again; all snapshots are kept to the end. */
  private final Map<String, String> texts = new HashMap<>();

  private int taken;

  SnapshotTaker(Database database, List<WorkTable> tables, Evolution evolution) {
    this.database = database;
    this.tables = tables;
    this.evolution = evolution;
  }

  Snapshot take() {
    for (int attempt = 1; ; attempt++) {
      try {
        return takeOnce();
      } catch (SQLException e) {
        if (attempt == ATTEMPTS_MAX) {
          throw new IllegalStateException("No snapshot can be taken: " + e.getMessage(), e);
        }
      }
    }
  }

  private Snapshot takeOnce() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE " + names() + " IN ACCESS SHARE MODE");
      VisibleTransactions visible =
          VisibleTransactions.parse(ask(statement, "SELECT pg_current_snapshot()::text"));
      int shape = Integer.parseInt(ask(statement, "SELECT generation FROM work.shape"));
      Map<WorkTable, Rows> rows = new LinkedHashMap<>();
      for (WorkTable table : tables) {
        rows.put(table, rows(statement, table, shape));
      }
      connection.commit();
      taken++;
      return new Snapshot(taken, visible, rows);
    }
  }

  private String names() {
    return tables.stream().map(WorkTable::sql).collect(Collectors.joining(", "));
  }

  private static String ask(Statement statement, String question) throws SQLException {
    try (ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getString(1);
    }
  }

  private Rows rows(Statement statement, WorkTable table, int shape) throws SQLException {
    try (ResultSet rows = statement.executeQuery(table.expected())) {
      List<String> columns = columns(rows.getMetaData());
      int[] key = table.key().stream().mapToInt(columns::indexOf).toArray();
      Map<RecordKey, @Nullable String[]> byKey = new HashMap<>();
      while (rows.next()) {
        @Nullable String[] row = row(rows, columns.size());
        if (byKey.put(key(table, key, row), row) != null) {
          throw new IllegalStateException(table.name() + " has two rows " + Arrays.toString(row));
        }
      }
      boolean isEvolving = table.is(WorkTable.Trait.EVOLVING);
      return new Rows(columns, isEvolving ? evolution.naming(shape, columns) : Naming.SAME, byKey);
    }
  }

  private static List<String> columns(ResultSetMetaData described) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= described.getColumnCount(); i++) {
      columns.add(described.getColumnName(i));
    }
    return List.copyOf(columns);
  }

  private @Nullable String[] row(ResultSet rows, int size) throws SQLException {
    @Nullable String[] row = new @Nullable String[size];
    for (int i = 0; i < size; i++) {
      String text = rows.getString(i + 1);
      row[i] = text == null ? null : texts.computeIfAbsent(text, it -> it);
    }
    return row;
  }

  private static RecordKey key(WorkTable table, int[] places, @Nullable String[] row) {
    List<String> values = new ArrayList<>(places.length);
    for (int place : places) {
      values.add(String.valueOf(row[place]));
    }
    return new RecordKey(table.model(), values);
  }
}
