package dev.overseer.server.stages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.LogOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IndexLeadTest {
  private long indexed;
  private long judged;
  private long nanos;
  private final IndexLead lead =
      new IndexLead(
          () -> {
            indexed += 1000;
            return true;
          },
          () -> new LogOffset(indexed),
          () -> nanos);

  private void indexAsFarAsItGoes(int stepsMax) {
    for (int i = 0; i < stepsMax && lead.step(); i++) {
      nanos++;
    }
  }

  @Test
  void without_a_runner_nobody_is_waited_for() {
    indexAsFarAsItGoes(1000);
    assertThat(indexed).isEqualTo(1_000_000);
  }

  @Test
  void the_index_is_no_further_ahead_than_it_remembers() {
    lead.follow(() -> Optional.of(new LogOffset(judged)));

    indexAsFarAsItGoes(1000);
    assertThat(indexed).isEqualTo(IndexLead.RECORDS_MAX + 1000);

    judged = 30_000;
    indexAsFarAsItGoes(1000);
    assertThat(indexed).isEqualTo(judged + IndexLead.RECORDS_MAX + 1000);
  }

  @Test
  void a_runner_that_stands_still_is_not_waited_for() {
    lead.follow(() -> Optional.of(new LogOffset(judged)));
    indexAsFarAsItGoes(1000);
    assertThat(lead.step()).isFalse();

    nanos += IndexLead.PATIENCE.toNanos();
    assertThat(lead.step()).isTrue();

    judged += 1;
    assertThat(lead.step()).isFalse();
  }

  @Test
  void a_runner_that_has_the_log_to_read_anew_is_not_waited_for() {
    indexed = IndexLead.RECORDS_ANEW;
    lead.follow(() -> Optional.of(new LogOffset(judged)));

    indexAsFarAsItGoes(1000);
    assertThat(indexed).isEqualTo(IndexLead.RECORDS_ANEW + 1_000_000);
  }
}
