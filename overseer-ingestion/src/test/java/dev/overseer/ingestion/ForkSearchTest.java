package dev.overseer.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.ForkSearch.Fork;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.SourceName;
import dev.overseer.model.TransactionId;
import dev.overseer.store.log.MemoryLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ForkSearchTest {
  private static final SourceName BANK = new SourceName("bank");
  private static final SourceName OTHER = new SourceName("other");

  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(1, 1));

  @Test
  void the_first_commit_that_a_server_never_had_is_found_wherever_it_is() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      MemoryLog<LogRecord> some = new MemoryLog<>(new UUID(1, round));
      List<LogOffset> commits = new ArrayList<>();
      int count = random.nextInt(20);
      for (int i = 0; i < count; i++) {
        for (int noise = random.nextInt(4); noise > 0; noise--) {
          some.append(commit(OTHER, 1, 1_000_000));
        }
        commits.add(some.append(commit(BANK, 1, 100 + 10L * i)));
      }
      some.sync();
      int common = random.nextInt(count + 1);
      Fork fork =
          new ForkSearch(some, BANK, timeline(2), List.of(ancestor(1, 95 + 10L * common)))
              .find(timeline(1))
              .orElseThrow();

      assertThat(fork.disowned())
          .isEqualTo(common == count ? Optional.empty() : Optional.of(commits.get(common)));
      assertThat(fork.transactions()).isEqualTo(count - common);
    }
  }

  @Test
  void a_sibling_of_the_server_that_was_followed_parts_where_both_left_their_parent() {
    log.append(commit(BANK, 1, 100));
    LogOffset beyond = log.append(commit(BANK, 1, 200));
    log.append(commit(BANK, 2, 300));
    log.sync();

    Fork fork =
        new ForkSearch(log, BANK, timeline(3), List.of(ancestor(1, 150)))
            .find(timeline(2))
            .orElseThrow();
    assertThat(fork.position()).isEqualTo(new Lsn(150));
    assertThat(fork.disowned()).contains(beyond);
    assertThat(fork.transactions()).isEqualTo(2);
    assertThat(fork.rows()).as("it may have what was disowned for the other's sake").isTrue();
  }

  @Test
  void timelines_that_were_left_one_after_the_other_are_all_common() {
    log.append(commit(BANK, 1, 100));
    log.append(commit(BANK, 2, 200));
    log.append(commit(BANK, 3, 300));
    log.sync();

    Fork fork =
        new ForkSearch(
                log,
                BANK,
                timeline(4),
                List.of(ancestor(1, 150), ancestor(2, 250), ancestor(3, 350)))
            .find(timeline(3))
            .orElseThrow();
    assertThat(fork).isEqualTo(new Fork(new Lsn(350), Optional.empty(), 0, false));
  }

  @Test
  void what_an_earlier_fork_disowned_is_passed_over() {
    log.append(commit(BANK, 1, 100));
    log.append(commit(BANK, 1, 200)); // never had by timeline 2
    log.append(commit(BANK, 2, 160));
    LogOffset gone = log.append(commit(BANK, 2, 300));
    log.sync();

    Fork fork =
        new ForkSearch(log, BANK, timeline(3), List.of(ancestor(1, 150), ancestor(2, 250)))
            .find(timeline(2))
            .orElseThrow();
    assertThat(fork).isEqualTo(new Fork(new Lsn(250), Optional.of(gone), 1, false));
  }

  @Test
  void nothing_is_said_of_a_server_that_has_nothing_in_common() {
    log.append(commit(BANK, 2, 100));
    log.sync();

    assertThat(new ForkSearch(log, BANK, timeline(3), List.of(ancestor(1, 50))).find(timeline(2)))
        .isEmpty();
  }

  private static Incarnation timeline(int number) {
    return new Incarnation("7", number);
  }

  private static Ancestor ancestor(int timeline, long end) {
    return new Ancestor(timeline(timeline), new Lsn(end));
  }

  private static LogRecord.Commit commit(SourceName source, int timeline, long position) {
    return new LogRecord.Commit(
        source,
        new TransactionId(timeline(timeline), new Lsn(position)),
        new Lsn(position + 5),
        1,
        LogOffset.ZERO,
        0,
        Instant.EPOCH,
        EffectiveTime.MIN,
        LogRecord.TimeBasis.COMMIT_TIME);
  }
}
