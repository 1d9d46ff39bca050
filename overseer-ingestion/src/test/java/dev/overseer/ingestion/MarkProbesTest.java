package dev.overseer.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.Incarnation;
import dev.overseer.model.Lsn;
import org.junit.jupiter.api.Test;

class MarkProbesTest {
  private static final long SLACK = 250;

  private final MarkProbes probes = new MarkProbes(SLACK);

  @Test
  void a_probe_proves_nothing_before_the_stream_has_passed_it() {
    probes.add(probe(1000, 50));

    assertThat(probes.proven(new Lsn(49))).isEmpty();
    assertThat(probes.awaits(new Lsn(49))).isTrue();
    assertThat(probes.proven(new Lsn(50))).hasValue(1000);
    assertThat(probes.awaits(new Lsn(50))).isFalse();
  }

  @Test
  void a_transaction_in_progress_costs_the_slack() {
    probes.add(probe(1000, 50, 7));

    assertThat(probes.proven(new Lsn(50))).hasValue(750);
  }

  @Test
  void once_a_later_probe_shows_them_ended_and_is_passed_no_slack_is_needed() {
    probes.add(probe(1000, 50, 7));
    probes.add(probe(1100, 60, 8));

    assertThat(probes.proven(new Lsn(59))).as("the later one is not passed yet").hasValue(750);
    assertThat(probes.proven(new Lsn(60))).hasValue(1000);
  }

  @Test
  void a_transaction_that_never_ends_leaves_the_slack() {
    for (int i = 0; i < 10; i++) {
      probes.add(probe(1000 + 100 * i, 50 + i, 3, 100 + i));
    }

    assertThat(probes.proven(new Lsn(59))).hasValue(1900 - SLACK);
  }

  @Test
  void a_clock_that_stepped_back_takes_nothing_back() {
    probes.add(probe(9000, 50));
    probes.add(probe(1000, 60));

    assertThat(probes.proven(new Lsn(55))).hasValue(9000);
    assertThat(probes.proven(new Lsn(60))).hasValue(1000);
  }

  @Test
  void however_far_behind_the_stream_is_only_so_many_are_kept_and_the_last_one_is_passed() {
    for (int i = 1; i <= 10_000; i++) {
      probes.add(probe(i * 1000L, i));
    }

    assertThat(probes.proven(new Lsn(5_000)).orElseThrow()).isBetween(4_000_000L, 5_000_000L);
    assertThat(probes.proven(new Lsn(10_000))).hasValue(10_000_000);
  }

  @Test
  void after_a_change_of_incarnation_all_are_forgotten() {
    probes.add(probe(1000, 50));

    probes.clear();

    assertThat(probes.proven(new Lsn(1_000))).isEmpty();
  }

  private static Probe probe(long micros, long position, long... inProgress) {
    return new Probe(new Incarnation("test", 1), micros, new Lsn(position), inProgress);
  }
}
