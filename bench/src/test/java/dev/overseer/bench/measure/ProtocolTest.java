package dev.overseer.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtocolTest {
  private static final Bar BAR = new Bar("tail", 0.80);

  private final List<String> order = new ArrayList<>();

  /** A contender whose runs take these seconds, the last one again and again. */
  private Contender taking(String name, double... seconds) {
    int[] runs = {0};
    return new Contender() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Measurement run() {
        order.add(name);
        double taken = seconds[Math.min(runs[0]++, seconds.length - 1)];
        return new Measurement(100, taken, List.of(new Figure("cpu", taken * 2, "s")));
      }
    };
  }

  private static Protocol protocol(int rounds) {
    return new Protocol(rounds, true, _ -> {});
  }

  @Test
  void contenders_take_turns_after_one_warm_up_of_each() {
    protocol(2).compare(BAR, taking("limit", 1), taking("ours", 1));

    assertThat(order).containsExactly("limit", "ours", "limit", "ours", "limit", "ours");
  }

  @Test
  void the_median_of_the_ratios_within_rounds_is_judged() {
    // Warm-ups first; the machine is twice as slow in the last round, for both.
    Contender limit = taking("limit", 9, 1, 1, 2);
    Contender ours = taking("ours", 9, 1.25, 1.20, 2.40);

    List<Comparison> attempts = protocol(3).compare(BAR, limit, ours);

    assertThat(attempts).hasSize(1);
    assertThat(attempts.getFirst().line()).isEqualTo("bar tail 0.83 0.80 met");
  }

  @Test
  void a_median_below_the_goal_is_short_however_little() {
    Comparison comparison =
        protocol(1).compare(BAR, taking("limit", 0.79999), taking("ours", 1)).getFirst();

    assertThat(comparison.line()).isEqualTo("bar tail 0.79 0.80 short");
  }

  @Test
  void ratios_too_far_apart_are_noisy_and_are_measured_once_more() {
    List<Comparison> attempts =
        protocol(2).compare(BAR, taking("limit", 1), taking("ours", 1, 1, 1.3, 1.1, 1.1));

    assertThat(attempts.getFirst().standing()).isEqualTo(Bar.Standing.NOISY);
    assertThat(attempts.getLast().rerun()).isTrue();
    assertThat(attempts.getLast().line()).isEqualTo("bar tail 0.90 0.80 met");
  }

  @Test
  void what_stays_noisy_says_so() {
    List<Comparison> attempts =
        protocol(2).compare(BAR, taking("limit", 1), taking("ours", 1, 1, 1.3, 1, 1.3));

    assertThat(attempts).hasSize(2);
    assertThat(attempts.getLast().line()).endsWith(" noisy");
  }

  @Test
  void a_report_keeps_every_round_and_ends_with_one_line_for_each_bar(@TempDir Path directory)
      throws Exception {
    List<Comparison> attempts =
        protocol(2).compare(BAR, taking("limit", 1), taking("ours", 1, 1, 1.3, 1.1, 1.1));
    Report report =
        new Report(
            "tail",
            Instant.parse("2026-11-21T10:00:00Z"),
            "./dev bench tail",
            "abc",
            Machine.here(),
            List.of("durable"),
            attempts,
            false);

    Path text = new Results(directory).store(report);

    assertThat(Files.readString(text)).endsWith("\nbar tail 0.90 0.80 met\n");
    assertThat(Files.readString(text)).contains("(rerun)", "ratio 0.769", "cpu");
    Path json = directory.resolve("tail-2026-11-21T100000Z.json");
    assertThat(Files.readString(json)).contains("\"standing\" : \"NOISY\"", "\"seconds\" : 1.3");
  }
}
