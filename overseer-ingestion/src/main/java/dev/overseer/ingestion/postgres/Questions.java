package dev.overseer.ingestion.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a database, in the simplest terms: every value is text, or null. */
record Questions(Connection connection) {

  /** One row of an answer. */
  record Row(List<@Nullable String> values) {
    String text(int column) {
      return String.valueOf(values.get(column - 1));
    }

    Optional<String> find(int column) {
      return Optional.ofNullable(values.get(column - 1));
    }

    boolean is(int column) {
      return "t".equals(values.get(column - 1));
    }

    long number(int column) {
      return find(column).map(Long::parseLong).orElse(0L);
    }
  }

  List<Row> rows(String sql, String... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<Row> answer = new ArrayList<>();
        while (rows.next()) {
          answer.add(row(rows));
        }
        return answer;
      }
    }
  }

  Optional<Row> find(String sql, String... parameters) throws SQLException {
    return rows(sql, parameters).stream().findFirst();
  }

  /** For a query that always has a row. */
  Row row(String sql, String... parameters) throws SQLException {
    return find(sql, parameters).orElseThrow();
  }

  /** Empty when the server does not have it. */
  Optional<String> setting(String name) throws SQLException {
    return row("SELECT current_setting(?, true)", name).find(1);
  }

  private static Row row(ResultSet rows) throws SQLException {
    List<@Nullable String> values = new ArrayList<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      values.add(rows.getString(i));
    }
    return new Row(values);
  }
}
