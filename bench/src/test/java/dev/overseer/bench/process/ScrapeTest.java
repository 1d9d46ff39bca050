package dev.overseer.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScrapeTest {
  private static final Scrape SCRAPE =
      new Scrape(
          List.of(
              "# TYPE overseer_verdicts_total counter",
              "overseer_verdicts_total{check=\"a\",outcome=\"passed\"} 3.0",
              "overseer_verdicts_total{check=\"b\",outcome=\"passed\"} 4.0",
              "overseer_verdicts_total{check=\"b\",outcome=\"failed\"} 5.0",
              "overseer_index_lag_records 7.0",
              "overseer_index_lag_records_max 9.0"));

  @Test
  void the_series_that_have_all_labels_are_added_up() {
    assertThat(SCRAPE.sum("overseer_verdicts_total")).isEqualTo(12);
    assertThat(SCRAPE.sum("overseer_verdicts_total", "outcome=\"passed\"")).isEqualTo(7);
    assertThat(SCRAPE.sum("overseer_verdicts_total", "outcome=\"passed\"", "check=\"b\""))
        .isEqualTo(4);
  }

  @Test
  void a_metric_without_labels_is_not_taken_for_another_whose_name_goes_on() {
    assertThat(SCRAPE.sum("overseer_index_lag_records")).isEqualTo(7);
  }
}
