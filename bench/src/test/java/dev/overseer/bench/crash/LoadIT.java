package dev.overseer.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.bench.process.Polling;
import dev.overseer.model.Operation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadIT {

  @Test
  void the_history_says_what_the_databases_hold() throws Exception {
    try (Databases databases = Databases.start();
        Load load = Load.start(7, databases)) {
      load.allowFates();
      Polling.await(
          "there were some fates",
          Duration.ofMillis(50),
          Duration.ofSeconds(60),
          () -> load.history().fates().size() >= 5);
      load.end();

      for (Table table : Table.values()) {
        assertThat(rowsOf(databases, table))
            .isNotEmpty()
            .containsExactlyInAnyOrderElementsOf(lastValues(load.history(), table));
      }
    }
  }

  private static List<List<String>> lastValues(History history, Table table) {
    return history.rows(table).values().stream()
        .map(List::getLast)
        .filter(change -> change.operation() != Operation.DELETE)
        .map(RowChange::values)
        .toList();
  }

  private static List<List<String>> rowsOf(Databases databases, Table table) throws SQLException {
    List<List<String>> all = new ArrayList<>();
    try (Connection connection = databases.connect(table);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from " + table.sqlName())) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= table.columns().size(); column++) {
          row.add(rows.getString(column));
        }
        all.add(row);
      }
    }
    return all;
  }
}
