package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PostgresClockTest {

  @Test
  void the_transactions_in_progress_are_the_last_part_of_a_snapshot() {
    assertThat(PostgresClock.inProgress("10:20:")).isEmpty();
    assertThat(PostgresClock.inProgress("10:20:10")).containsExactly(10);
    assertThat(PostgresClock.inProgress("10:20:10,14,9000000000"))
        .containsExactly(10, 14, 9_000_000_000L);
  }
}
