package dev.overseer.server.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import dev.overseer.model.LogRecord;
import dev.overseer.server.json.Json;
import dev.overseer.server.transcript.LogSelection;
import dev.overseer.server.transcript.LogTelling;
import dev.overseer.server.transcript.UglyLog;
import dev.overseer.store.log.MemoryLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeTableTest {
  @TempDir private Path directory = Path.of("");
  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(0, 1));

  @BeforeEach
  void write() {
    UglyLog.write(log);
  }

  @Test
  void every_change_of_a_whole_transaction_is_a_row() throws IOException {
    List<Map<String, Object>> rows = export();

    assertThat(rows.stream().map(row -> row.get("operation")))
        .containsExactly(
            "snapshot",
            "insert",
            "insert",
            "update",
            "update",
            "delete",
            "insert",
            "dead-letter",
            "annotation",
            "truncate");
    assertThat(rows.getFirst())
        .containsEntry("offset", 5L)
        .containsEntry("source", "payments")
        .containsEntry("table", "public.withdrawals")
        .containsEntry("model", "withdrawal")
        .containsEntry("key", "1")
        .containsEntry("effective_time", 1_000_000L)
        .containsEntry("commit_time", 1_000_000L)
        .containsEntry("history", "fixture/1")
        .containsEntry("transaction", "0/44C")
        .containsEntry("ordinal", 0)
        .containsEntry("xid", 0L);
  }

  @Test
  void values_are_json_with_exact_decimals() throws IOException {
    String values = String.valueOf(export().getFirst().get("values"));

    assertThat(Json.readTree(values).get("amount").stringValue()).isEqualTo(UglyLog.HUGE);
    assertThat(Json.readTree(values).get("note").stringValue()).isEqualTo(UglyLog.ODD_TEXT);
  }

  @Test
  void what_a_change_does_not_say_is_null() throws IOException {
    List<Map<String, Object>> rows = export();

    assertThat(rows.get(5)).containsEntry("key", "1").doesNotContainKey("values");
    assertThat(rows.get(7))
        .doesNotContainKeys("table", "model", "key", "values")
        .containsEntry("fault", UglyLog.ODD_TEXT)
        .containsEntry("commit_time", -4_861_727_999_999_999L);
  }

  private List<Map<String, Object>> export() throws IOException {
    Path file = directory.resolve("changes.parquet");
    try (ChangeTable table = ChangeTable.create(file)) {
      new LogTelling(log, UglyLog.DEFINITIONS, LogSelection.ALL)
          .tell(
              told -> {
                table.add(told);
                return true;
              },
              _ -> {});
      assertThat(table.rows()).isEqualTo(10);
    }
    try (Stream<Map<String, Object>> rows =
        ParquetReader.streamContent(new LocalInputFile(file), new Rows())) {
      return rows.toList();
    }
  }

  /** A row as a map of its columns that are not null. */
  private static final class Rows
      implements Hydrator<Map<String, Object>, Map<String, Object>, String[]> {
    @Override
    public Map<String, Object> start() {
      return new LinkedHashMap<>();
    }

    @Override
    public Map<String, Object> add(Map<String, Object> row, String[] column, Object value) {
      if (value != null) {
        row.put(column[column.length - 1], value);
      }
      return row;
    }

    @Override
    public Map<String, Object> finish(Map<String, Object> row) {
      return row;
    }
  }
}
