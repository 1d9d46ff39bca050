package dev.overseer.ingestion.postgres;

import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutputParser;
import dev.overseer.formats.pgoutput.Tuple;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.LogRecord;
import dev.overseer.model.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A table whose first column is its key, as the log tells it and as the server does. */
final class FoldedTable {
  private static final String UNKNOWN = "unknown";

  private final Map<String, List<String>> rows = new TreeMap<>();

  static Map<String, List<String>> ofLog(Tail tail, String name) {
    FoldedTable folded = new FoldedTable();
    TableName table = TableName.parse(name);
    for (LogRecord record : tail.stored().changes()) {
      if (record instanceof LogRecord.Change change
          && tail.log.get(change.schema()) instanceof LogRecord.Schema schema
          && schema.table().equals(table)) {
        folded.fold(change.raw());
      }
    }
    return folded.rows;
  }

  static Map<String, List<String>> ofServer(Connection connection, String name)
      throws SQLException {
    Map<String, List<String>> rows = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM " + name)) {
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(row.getString(i)));
        }
        rows.put(values.getFirst(), values);
      }
    }
    return rows;
  }

  private void fold(byte[] raw) {
    try {
      switch (PgOutputParser.parse(raw)) {
        case PgOutput.Insert(int _, Tuple row) -> rows.put(row.text(0), values(row, List.of()));
        case PgOutput.Update(int _, PgOutput.Old old, Tuple row) -> {
          String before = key(old, row.text(0));
          rows.put(row.text(0), values(row, rows.getOrDefault(before, List.of())));
          if (!before.equals(row.text(0))) {
            rows.remove(before);
          }
        }
        case PgOutput.Delete(int _, PgOutput.Old old) -> rows.remove(key(old, ""));
        case PgOutput.Truncate _ -> rows.clear();
        default -> {}
      }
    } catch (Undecodable e) {
      throw new AssertionError(e);
    }
  }

  private static String key(PgOutput.Old old, String otherwise) throws Undecodable {
    return switch (old) {
      case PgOutput.Old.Untold() -> otherwise;
      case PgOutput.Old.Key(Tuple key) -> key.isNull(0) ? otherwise : key.text(0);
      case PgOutput.Old.Row(Tuple row) -> row.text(0);
    };
  }

  private static List<String> values(Tuple row, List<String> before) throws Undecodable {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      if (row.isUnchanged(i)) {
        values.add(i < before.size() ? before.get(i) : UNKNOWN);
      } else {
        values.add(row.isNull(i) ? "null" : row.text(i));
      }
    }
    return values;
  }
}
