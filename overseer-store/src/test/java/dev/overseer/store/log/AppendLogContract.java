package dev.overseer.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AppendLog} promises. */
public abstract class AppendLogContract {
  private AppendLog<String> log;

  /** A new, empty log. */
  protected abstract AppendLog<String> create() throws Exception;

  /** What a new process finds when the one that wrote {@code log} was killed; ends that one. */
  protected abstract AppendLog<String> crash(AppendLog<String> log) throws Exception;

  /** What a new process finds after {@code log} was closed. */
  protected abstract AppendLog<String> reopen(AppendLog<String> log) throws Exception;

  @BeforeEach
  void open() throws Exception {
    log = create();
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void a_new_log_is_empty() {
    assertThat(log.end()).isEqualTo(LogOffset.ZERO);
    assertThat(log.appended()).isEqualTo(LogOffset.ZERO);
    assertThat(log.sync()).isEqualTo(LogOffset.ZERO);
    assertThat(readFrom(0)).isEmpty();
  }

  @Test
  void records_are_numbered_densely_in_the_order_of_their_appends() {
    assertThat(log.append("a")).isEqualTo(new LogOffset(0));
    assertThat(log.appendTogether(List.of("b", "c"))).isEqualTo(new LogOffset(1));
    assertThat(log.appendTogether(List.of())).isEqualTo(new LogOffset(3));
    assertThat(log.append("d")).isEqualTo(new LogOffset(3));
    assertThat(log.appended()).isEqualTo(new LogOffset(4));

    assertThat(log.sync()).isEqualTo(new LogOffset(4));

    assertThat(readFrom(0)).containsExactly("0:a", "1:b", "2:c", "3:d");
  }

  @Test
  void nothing_can_be_read_before_it_is_durable() {
    log.append("a");
    log.sync();
    log.append("b");

    assertThat(log.end()).isEqualTo(new LogOffset(1));
    assertThat(readFrom(0)).containsExactly("0:a");
    assertThatThrownBy(() -> log.get(new LogOffset(1)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("1");
  }

  @Test
  void a_reader_at_the_live_tail_goes_on_when_there_is_more() {
    try (LogReader<String> reader = log.reader(LogOffset.ZERO)) {
      assertThat(reader.next()).isFalse();
      log.append("a");
      assertThat(reader.next()).isFalse();
      log.sync();
      assertThat(reader.next()).isTrue();
      assertThat(reader.record()).isEqualTo("a");
      assertThat(reader.next()).isFalse();
      log.append("b");
      log.sync();
      assertThat(reader.next()).isTrue();
      assertThat(reader.offset()).isEqualTo(new LogOffset(1));
      assertThat(reader.record()).isEqualTo("b");
    }
  }

  @Test
  void a_reader_may_begin_at_any_offset_even_beyond_the_end() {
    append(10);
    assertThat(readFrom(7)).containsExactly("7:record-7", "8:record-8", "9:record-9");
    assertThat(readFrom(10)).isEmpty();

    try (LogReader<String> early = log.reader(new LogOffset(11))) {
      assertThat(early.next()).isFalse();
      append(2);
      assertThat(early.next()).isTrue();
      assertThat(early.record()).isEqualTo("record-11");
    }
  }

  @Test
  void every_record_can_be_got_by_its_offset() {
    append(1000);
    for (int i = 999; i >= 0; i -= 7) {
      assertThat(log.get(new LogOffset(i))).isEqualTo("record-" + i);
    }
  }

  @Test
  void short_and_large_records_are_records() {
    String large = "x".repeat(300_000);
    log.append("a");
    log.append(large);
    log.append("b");
    log.sync();

    assertThat(readFrom(0)).containsExactly("0:a", "1:" + large, "2:b");
    assertThat(log.get(new LogOffset(1))).isEqualTo(large);
  }

  @Test
  void a_log_that_is_opened_again_goes_on_where_it_ended() throws Exception {
    UUID identity = log.identity();
    append(100);

    log = reopen(log);

    assertThat(log.identity()).isEqualTo(identity);
    assertThat(log.end()).isEqualTo(new LogOffset(100));
    append(100);
    assertThat(readFrom(0)).isEqualTo(expected(0, 200));
  }

  @Test
  void a_crash_takes_nothing_that_was_synced_and_splits_no_group() throws Exception {
    List<String> written = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      written.add("single-" + round);
      log.append(written.getLast());
      List<String> group = List.of("x" + round, "y" + round, "z" + round);
      log.appendTogether(group);
      written.addAll(group);
      if (round == 10) {
        log.sync();
      }
    }
    int synced = 44;

    log = crash(log);

    int end = (int) log.end().value();
    assertThat(end).isBetween(synced, written.size());
    assertThat(end % 4).isIn(0, 1);
    assertThat(readFrom(0)).hasSize(end);
    for (int i = 0; i < end; i++) {
      assertThat(log.get(new LogOffset(i))).isEqualTo(written.get(i));
    }
    assertThat(log.append("after")).isEqualTo(new LogOffset(end));
    log.sync();
    assertThat(log.get(new LogOffset(end))).isEqualTo("after");
  }

  @Test
  void closing_does_not_make_durable() throws Exception {
    append(3);
    log.append("lost, perhaps");

    log = reopen(log);

    assertThat(log.end().value()).isBetween(3L, 4L);
    assertThat(readFrom(0)).startsWith("0:record-0", "1:record-1", "2:record-2");
  }

  @Test
  void concurrent_appenders_each_keep_their_order() throws Exception {
    int threads = 4;
    int each = 3000;
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads + 1)) {
      Future<?> syncer =
          executor.submit(
              () -> {
                while (!done.get()) {
                  log.sync();
                }
              });
      List<Future<?>> appenders =
          IntStream.range(0, threads)
              .<Future<?>>mapToObj(
                  thread ->
                      executor.submit(
                          () -> {
                            for (int i = 0; i < each; i += 2) {
                              String second = thread + "/" + (i + 1);
                              log.appendTogether(List.of(thread + "/" + i, second));
                            }
                          }))
              .toList();
      for (Future<?> appender : appenders) {
        appender.get();
      }
      done.set(true);
      syncer.get();
    }
    log.sync();

    int[] next = new int[threads];
    try (LogReader<String> reader = log.reader(LogOffset.ZERO)) {
      String before = "";
      while (reader.next()) {
        int thread = reader.record().charAt(0) - '0';
        assertThat(reader.record()).isEqualTo(thread + "/" + next[thread]);
        if (next[thread] % 2 == 1) {
          assertThat(before).isEqualTo(thread + "/" + (next[thread] - 1));
        }
        next[thread]++;
        before = reader.record();
      }
    }
    assertThat(next).containsOnly(each);
  }

  private void append(int count) {
    for (int i = 0; i < count; i++) {
      log.append("record-" + log.appended());
    }
    log.sync();
  }

  private static List<String> expected(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> i + ":record-" + i).toList();
  }

  private List<String> readFrom(long offset) {
    List<String> read = new ArrayList<>();
    try (LogReader<String> reader = log.reader(new LogOffset(offset))) {
      while (reader.next()) {
        read.add(reader.offset() + ":" + reader.record());
      }
    }
    return read;
  }
}
