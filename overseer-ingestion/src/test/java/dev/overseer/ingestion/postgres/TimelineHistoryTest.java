package dev.overseer.ingestion.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.Ancestor;
import dev.overseer.model.Incarnation;
import dev.overseer.model.Lsn;
import org.junit.jupiter.api.Test;

class TimelineHistoryTest {

  @Test
  void each_line_is_a_timeline_and_where_it_was_left() {
    String content =
        """
        # a remark
        1\t0/3000158\tno recovery target specified

        12\tA/B374D848\tbefore 2026-03-01 12:00:00+00
        """;

    assertThat(TimelineHistory.parse("7", content))
        .containsExactly(
            new Ancestor(new Incarnation("7", 1), Lsn.parse("0/3000158")),
            new Ancestor(new Incarnation("7", 12), Lsn.parse("A/B374D848")));
  }
}
