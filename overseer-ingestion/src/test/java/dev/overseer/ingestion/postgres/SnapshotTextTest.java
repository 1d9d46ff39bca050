package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.Visibility;
import org.junit.jupiter.api.Test;

class SnapshotTextTest {
  @Test
  void a_snapshot_tells_its_bounds_and_the_transactions_in_progress() {
    Visibility none = SnapshotText.parse("779:779:");
    Visibility some = SnapshotText.parse("4294967300:4294967310:4294967305,4294967300");

    assertThat(none.xmin()).isEqualTo(779);
    assertThat(none.inProgress()).isEmpty();
    assertThat(some.xmax()).isEqualTo(4294967310L);
    assertThat(some.inProgress()).containsExactly(4294967300L, 4294967305L);
  }
}
