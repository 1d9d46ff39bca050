package dev.overseer.server.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.store.log.MemoryLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogTellingTest {
  private static final ModelName WITHDRAWAL = new ModelName("withdrawal");

  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(0, 1));

  @BeforeEach
  void write() {
    UglyLog.write(log);
  }

  @Test
  void a_source_is_told_with_all_its_records() {
    LogSelection ofLedger = of(Optional.empty(), Optional.empty(), Optional.empty());

    assertThat(texts(withSource(ofLedger, "grüße, \"ledger\"")))
        .hasSize(4)
        .allSatisfy(text -> assertThat(text).contains("grüße, \"ledger\""));
  }

  @Test
  void a_model_is_told_with_the_changes_of_its_table_and_what_they_were_annotated_with() {
    List<ToldRecord> told = told(of(Optional.of(WITHDRAWAL), Optional.empty(), Optional.empty()));

    assertThat(told).allSatisfy(it -> assertThat(it.record()).isInstanceOf(LogRecord.Change.class));
    assertThat(told.stream().map(it -> RecordText.of(it).strip().split(" +")[3]))
        .containsExactly(
            "snapshot",
            "insert",
            "insert",
            "update",
            "update",
            "delete",
            "annotation",
            "truncate",
            "update",
            "insert");
  }

  @Test
  void a_record_is_told_with_what_took_its_key_and_what_emptied_its_table() {
    RecordKey second = RecordKey.of(WITHDRAWAL, "2");
    RecordKey first = RecordKey.of(WITHDRAWAL, "1");

    assertThat(operations(second)).containsExactly("insert", "insert", "update", "truncate");
    assertThat(operations(first))
        .containsExactly("snapshot", "update", "delete", "annotation", "truncate");
  }

  @Test
  void a_time_is_that_of_the_transaction_from_inclusive_to_exclusive() {
    LogSelection second =
        new LogSelection(
            Optional.of(new SourceName("payments")),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new EffectiveTime(2_000_000)),
            Optional.of(new EffectiveTime(3_000_000)),
            LogOffset.ZERO,
            LogOffset.MAX);

    assertThat(texts(second))
        .hasSize(2)
        .allSatisfy(text -> assertThat(text).contains("1970-01-01T00:00:02Z"))
        .anySatisfy(text -> assertThat(text).contains("withdrawal/2 id=2 amount=1.10 note=null"));
  }

  @Test
  void offsets_are_from_inclusive_to_exclusive() {
    LogSelection three = LogSelection.ALL.from(new LogOffset(4)).to(new LogOffset(7));

    assertThat(told(three).stream().map(it -> it.offset().value())).containsExactly(4L, 5L, 6L);
    assertThat(new LogTelling(log, UglyLog.DEFINITIONS, three).size()).isEqualTo(3);
  }

  @Test
  void every_record_is_one_line_of_text() {
    assertThat(texts(LogSelection.ALL))
        .hasSize((int) log.end().value())
        .allSatisfy(text -> assertThat(text).doesNotContainPattern("\\p{Cntrl}"))
        .anySatisfy(text -> assertThat(text).contains("dead-letter  256 bytes"))
        .anySatisfy(text -> assertThat(text).contains("note=?"))
        .anySatisfy(text -> assertThat(text).contains("withdrawal/3  also of withdrawal/2"))
        .anySatisfy(text -> assertThat(text).contains("its transaction is not whole"));
  }

  @Test
  void a_log_is_counted_by_source_table_and_kind() {
    LogStatistics statistics = new LogStatistics();
    told(LogSelection.ALL).forEach(statistics::add);
    LogStatistics.Summary summary = statistics.summary();

    assertThat(summary.records()).isEqualTo(log.end().value());
    assertThat(summary.updates()).isEqualTo(15);
    assertThat(summary.rows())
        .anySatisfy(
            row -> {
              assertThat(row.table()).isEqualTo("public.withdrawals");
              assertThat(row.kind()).isEqualTo("truncate");
              assertThat(row.records()).isEqualTo(1);
              assertThat(row.rawBytes()).isEqualTo(10);
            });
    assertThat(summary.rows().stream().mapToLong(LogStatistics.Row::rawBytes).sum())
        .isEqualTo(summary.rawBytes());
  }

  private List<String> operations(RecordKey key) {
    return told(of(Optional.of(WITHDRAWAL), Optional.of(key), Optional.empty())).stream()
        .map(it -> RecordText.of(it).strip().split(" +")[3])
        .toList();
  }

  private static LogSelection of(
      Optional<ModelName> model, Optional<RecordKey> key, Optional<EffectiveTime> from) {
    return new LogSelection(
        Optional.empty(), model, key, from, Optional.empty(), LogOffset.ZERO, LogOffset.MAX);
  }

  private static LogSelection withSource(LogSelection selection, String source) {
    return new LogSelection(
        Optional.of(new SourceName(source)),
        selection.model(),
        selection.key(),
        selection.from(),
        selection.to(),
        selection.fromOffset(),
        selection.toOffset());
  }

  private List<String> texts(LogSelection selection) {
    return told(selection).stream().map(RecordText::of).toList();
  }

  private List<ToldRecord> told(LogSelection selection) {
    List<ToldRecord> told = new ArrayList<>();
    new LogTelling(log, UglyLog.DEFINITIONS, selection).tell(told::add, _ -> {});
    return told;
  }
}
