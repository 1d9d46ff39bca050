package dev.overseer.store.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.LogRecord.Change;
import dev.overseer.model.LogRecord.DeadLetter;
import dev.overseer.model.Operation;
import dev.overseer.store.log.VisibleRecord.Other;
import dev.overseer.store.log.VisibleRecord.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransactionReaderTest {
  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(0, 0));
  private final UpdateLogScript payments = new UpdateLogScript(log, "payments");
  private final UpdateLogScript ledger = new UpdateLogScript(log, "ledger");

  @Test
  void a_transaction_is_shown_whole_at_its_commit() {
    insert(payments, "a");
    insert(payments, "b");
    log.sync();
    assertThat(readFrom(0)).isEmpty();

    payments.commit(10);
    log.sync();

    assertThat(readFrom(0)).containsExactly("2: payments 10 [0 a, 1 b]");
  }

  @Test
  void transactions_of_sources_may_interleave() {
    insert(payments, "p1");
    insert(ledger, "l1");
    insert(payments, "p2");
    ledger.commit(5);
    ledger.mark(6);
    insert(ledger, "l2");
    payments.commit(10);
    ledger.commit(7);
    log.sync();

    assertThat(readFrom(0))
        .containsExactly(
            "3: ledger 5 [1 l1]", "4: Mark", "6: payments 10 [0 p1, 2 p2]", "7: ledger 7 [5 l2]");
  }

  @Test
  void changes_without_a_commit_are_never_shown() {
    insert(payments, "torn");
    payments.opened();
    insert(payments, "again");
    payments.commit(1);
    log.sync();

    assertThat(readFrom(0)).containsExactly("1: SourceOpened", "3: payments 1 [2 again]");
  }

  @Test
  void torn_changes_are_not_part_of_the_next_transaction_even_if_nothing_lies_between() {
    insert(payments, "torn");
    UpdateLogScript anew = new UpdateLogScript(log, "payments");
    insert(anew, "again");
    anew.commit(1);
    log.sync();

    assertThat(readFrom(0)).containsExactly("2: payments 1 [1 again]");
  }

  @Test
  void opening_one_source_leaves_another_be() {
    insert(payments, "p");
    ledger.opened();
    payments.commit(1);
    log.sync();

    assertThat(readFrom(0)).containsExactly("1: SourceOpened", "2: payments 1 [0 p]");
  }

  @Test
  void dead_letters_are_part_of_their_transaction() {
    insert(payments, "a");
    payments.deadLetter("?");
    payments.commit(1);
    payments.commit(2);
    log.sync();

    assertThat(readFrom(0)).containsExactly("2: payments 1 [0 a, 1 dead ?]", "3: payments 2 []");
  }

  @Test
  void from_any_offset_it_shows_what_a_reader_from_the_beginning_shows_from_there() {
    writeRandomly(new Random(11), 400);
    List<String> all = readFrom(0);
    assertThat(all).hasSizeGreaterThan(100);

    for (long from = 0; from <= log.end().value(); from++) {
      long begin = from;
      assertThat(readFrom(from))
          .isEqualTo(all.stream().filter(shown -> offsetOf(shown) >= begin).toList());
    }
  }

  @Test
  void a_transaction_too_large_to_keep_is_read_again_at_its_commit() {
    writeRandomly(new Random(12), 300);
    for (int i = 0; i < 1000; i++) {
      insert(payments, "p" + i);
      insert(ledger, "l" + i);
    }
    payments.commit(1_000_000);
    ledger.commit(1_000_000);
    log.sync();

    List<String> all = readFrom(0);
    assertThat(all.getLast()).contains("l0").contains("l999").doesNotContain("p");
    for (int keptMax : new int[] {1, 2, 3, 999, 1000}) {
      assertThat(read(new TransactionReader(log, LogOffset.ZERO, keptMax))).isEqualTo(all);
    }
  }

  @Test
  void it_goes_on_at_the_live_tail() {
    try (TransactionReader reader = new TransactionReader(log, LogOffset.ZERO)) {
      insert(payments, "a");
      log.sync();
      assertThat(reader.next()).isFalse();
      payments.commit(1);
      assertThat(reader.next()).isFalse();
      log.sync();
      assertThat(reader.next()).isTrue();
      assertThat(text(reader.record())).isEqualTo("1: payments 1 [0 a]");
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void a_commit_whose_changes_are_not_there_is_corrupt() {
    insert(payments, "a");
    insert(payments, "b");
    MemoryLog<LogRecord> shorter = new MemoryLog<>(new UUID(0, 1));
    payments.commit(1);
    log.sync();
    shorter.append(log.get(new LogOffset(0)));
    shorter.append(log.get(new LogOffset(2)));
    shorter.sync();

    assertThatThrownBy(() -> read(new TransactionReader(shorter, LogOffset.ZERO)))
        .isInstanceOf(CorruptStore.class)
        .hasMessageContaining("names 2 changes");
  }

  private void writeRandomly(Random random, int steps) {
    long[] times = {0, 0};
    UpdateLogScript[] scripts = {payments, ledger};
    for (int i = 0; i < steps; i++) {
      int which = random.nextInt(2);
      times[which]++;
      switch (random.nextInt(8)) {
        case 0, 1 -> scripts[which].commit(times[which]);
        case 2 -> scripts[which].mark(times[which]);
        case 3 -> {
          if (random.nextInt(6) == 0) {
            scripts[which].opened();
          }
        }
        default -> insert(scripts[which], "r" + i);
      }
    }
    payments.commit(times[0] + 1);
    ledger.commit(times[1] + 1);
    log.sync();
  }

  private static void insert(UpdateLogScript script, String raw) {
    script.change("public.t", Operation.INSERT, raw);
  }

  private static long offsetOf(String shown) {
    return Long.parseLong(shown.substring(0, shown.indexOf(':')));
  }

  private List<String> readFrom(long from) {
    return read(new TransactionReader(log, new LogOffset(from)));
  }

  private static List<String> read(TransactionReader transactions) {
    List<String> shown = new ArrayList<>();
    try (transactions) {
      while (transactions.next()) {
        assertThat(transactions.offset()).isEqualTo(transactions.record().offset());
        shown.add(text(transactions.record()));
      }
    }
    return shown;
  }

  private static String text(VisibleRecord visible) {
    return switch (visible) {
      case Other(LogOffset offset, LogRecord record) ->
          offset + ": " + record.getClass().getSimpleName();
      case Transaction(
              LogOffset offset,
              LogRecord.Commit commit,
              List<VisibleRecord.Placed> changes) ->
          "%s: %s %d %s"
              .formatted(
                  offset,
                  commit.source(),
                  commit.effectiveTime().micros(),
                  changes.stream().map(TransactionReaderTest::text).toList());
    };
  }

  private static String text(VisibleRecord.Placed placed) {
    String raw =
        switch (placed.record()) {
          case Change change -> new String(change.raw(), UTF_8);
          case DeadLetter letter -> "dead " + new String(letter.raw(), UTF_8);
          default -> throw new AssertionError(placed);
        };
    return placed.offset() + " " + raw;
  }
}
