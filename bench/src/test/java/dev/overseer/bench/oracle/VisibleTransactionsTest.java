package dev.overseer.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTransactionsTest {

  @Test
  void what_ran_when_the_snapshot_was_taken_is_not_seen() {
    VisibleTransactions visible = VisibleTransactions.parse("740:745:740,743");

    assertThat(visible.sees(739)).isTrue();
    assertThat(visible.sees(740)).isFalse();
    assertThat(visible.sees(741)).isTrue();
    assertThat(visible.sees(743)).isFalse();
    assertThat(visible.sees(745)).isFalse();
  }

  @Test
  void nothing_has_to_be_running() {
    assertThat(VisibleTransactions.parse("740:740:").sees(739)).isTrue();
  }
}
