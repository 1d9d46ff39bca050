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
  private static final Ratio BAR = new Ratio.Bar("tail", "ours", "limit", 0.80);
  private static final Ratio PEER = new Ratio.Told("tail-peer", "peer", "limit");

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
    protocol(2)
        .compare(
            "tail", List.of(taking("limit", 1), taking("peer", 1), taking("ours", 1)), List.of());

    assertThat(order)
        .containsExactly("limit", "peer", "ours", "limit", "peer", "ours", "limit", "peer", "ours");
  }

  @Test
  void the_median_of_the_ratios_within_rounds_is_judged() {
    // Warm-ups first; the machine is twice as slow in the last round, for all.
    Contender limit = taking("limit", 9, 1, 1, 2);
    Contender peer = taking("peer", 9, 2, 2.1, 4);
    Contender ours = taking("ours", 9, 1.25, 1.20, 2.40);

    Comparison comparison =
        protocol(3).compare("tail", List.of(limit, peer, ours), List.of(BAR, PEER));

    assertThat(comparison.attempts()).hasSize(1);
    assertThat(comparison.lines())
        .containsExactly("bar tail 0.83 0.80 met", "ratio tail-peer 0.50");
  }

  @Test
  void a_median_below_the_goal_is_short_however_little() {
    Comparison comparison = compare(1, taking("limit", 0.79999), taking("ours", 1));

    assertThat(comparison.lines()).containsExactly("bar tail 0.79 0.80 short");
  }

  @Test
  void ratios_too_far_apart_are_noisy_and_are_measured_once_more() {
    Comparison comparison = compare(2, taking("limit", 1), taking("ours", 1, 1, 1.3, 1.1, 1.1));

    assertThat(comparison.attempts()).hasSize(2);
    assertThat(comparison.lines()).containsExactly("bar tail 0.90 0.80 met");
  }

  @Test
  void what_was_not_noisy_stands_when_all_is_measured_once_more() {
    Contender limit = taking("limit", 1);
    Contender peer = taking("peer", 9, 2, 2.8, 2.5);
    Contender ours = taking("ours", 9, 1.1, 1.1, 1.9, 1.2);

    Comparison comparison =
        protocol(2).compare("tail", List.of(limit, peer, ours), List.of(BAR, PEER));

    assertThat(comparison.attempts()).hasSize(2);
    assertThat(comparison.lines())
        .containsExactly("bar tail 0.90 0.80 met", "ratio tail-peer 0.40");
  }

  @Test
  void what_stays_noisy_says_so() {
    Comparison comparison = compare(2, taking("limit", 1), taking("ours", 1, 1, 1.3, 1, 1.3));

    assertThat(comparison.attempts()).hasSize(2);
    assertThat(comparison.lines()).allMatch(line -> line.endsWith(" noisy"));
  }

  @Test
  void a_report_keeps_every_round_and_ends_with_one_line_for_each_ratio(@TempDir Path directory)
      throws Exception {
    Comparison comparison = compare(2, taking("limit", 1), taking("ours", 1, 1, 1.3, 1.1, 1.1));
    Report report =
        new Report(
            "tail",
            Instant.parse("2026-11-21T10:00:00Z"),
            "./dev bench tail",
            "abc",
            Machine.here(),
            List.of("durable"),
            List.of(comparison),
            false);

    Path text = new Results(directory).store(report);

    assertThat(Files.readString(text)).endsWith("\nbar tail 0.90 0.80 met\n");
    assertThat(Files.readString(text)).contains("(rerun)", "1.000, 0.769", "cpu");
    Path json = directory.resolve("tail-2026-11-21T100000Z.json");
    assertThat(Files.readString(json))
        .contains("bar tail 0.88 0.80 noisy", "\"goal\" : 0.8", "\"seconds\" : 1.3");
  }

  private static Comparison compare(int rounds, Contender limit, Contender ours) {
    return protocol(rounds).compare("tail", List.of(limit, ours), List.of(BAR));
  }
}
