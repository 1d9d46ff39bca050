package dev.overseer.examples.exchange.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.examples.exchange.traffic.Breakage;
import dev.overseer.examples.exchange.traffic.Plant;
import dev.overseer.runner.journal.Detection;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TruthReportTest {
  private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());
  private static final UUID ROOT = new UUID(0, 1);
  private static final Raised FOUND =
      new Raised(
          "withdrawal-is-refunded-once",
          "withdrawal/" + ROOT,
          Set.of("refunded-twice"),
          1,
          false,
          new Detection(Duration.ofMillis(1_234), Duration.ofMillis(234)));

  @Test
  void every_line_of_the_table_has_its_columns_below_one_another() {
    List<String> lines = report(List.of(new Plant(Breakage.REFUNDED_TWICE, ROOT, false)), false);
    assertThat(lines.get(1)).endsWith("p50     p99     max");
    assertThat(lines.get(2 + Breakage.REFUNDED_TWICE.ordinal()))
        .matches("refunded twice +1 +1 +0 +0 +0 +0 +1.2 s +1.2 s +1.2 s")
        .hasSameSizeAs(lines.get(1));
    assertThat(lines.get(3 + Breakage.values().length))
        .startsWith("all ")
        .hasSameSizeAs(lines.get(1));
    assertThat(lines.getLast()).endsWith("p50 0.2 s, p99 0.2 s, max 0.2 s.");
  }

  @Test
  void what_is_wrong_is_said_below_the_table() {
    assertThat(report(List.of(), false).getLast())
        .isEqualTo(
            "- withdrawal-is-refunded-once withdrawal/%s: raised as refunded-twice, not planted"
                .formatted(ROOT));
  }

  @Test
  void colours_are_only_where_they_can_be_seen() {
    assertThat(report(List.of(), false)).noneMatch(line -> line.contains("\u001b"));
    assertThat(report(List.of(), true)).anyMatch(line -> line.contains("\u001b[31m"));
  }

  private static List<String> report(List<Plant> plants, boolean coloured) {
    return new TruthReport(
            TruthTable.of(plants, List.of(FOUND)), new Terminal(NOWHERE, coloured, coloured))
        .lines();
  }
}
