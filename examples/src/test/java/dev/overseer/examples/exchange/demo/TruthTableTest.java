package dev.overseer.examples.exchange.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.examples.exchange.demo.TruthTable.Row;
import dev.overseer.examples.exchange.traffic.Breakage;
import dev.overseer.examples.exchange.traffic.Plant;
import dev.overseer.runner.journal.Detection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TruthTableTest {
  private static final UUID ONE = new UUID(0, 1);
  private static final UUID TWO = new UUID(0, 2);

  @Test
  void everything_found_and_healed_and_nothing_else_is_perfect() {
    TruthTable truth =
        TruthTable.of(
            List.of(
                new Plant(Breakage.BOOKED_TWICE, ONE, true),
                new Plant(Breakage.BOOKED_TWICE, TWO, false)),
            List.of(
                raised(ONE, "booked-twice", 1, true, 900),
                raised(TWO, "booked-twice", 1, false, 100)));
    assertThat(truth.isPerfect()).isTrue();
    assertThat(truth.unexplained()).isZero();
    Row row = row(truth, Breakage.BOOKED_TWICE);
    assertThat(row.planted()).isEqualTo(2);
    assertThat(row.found()).isEqualTo(2);
    assertThat(row.missed()).isZero();
    assertThat(row.falseAlarms()).isZero();
    assertThat(row.healed()).isEqualTo(1);
    assertThat(row.resolved()).isEqualTo(1);
    assertThat(row.timesToDetect().percentile(50)).contains(Duration.ofMillis(100));
    assertThat(row.timesToDetect().percentile(100)).contains(Duration.ofMillis(900));
  }

  @Test
  void a_plant_without_violation_is_missed() {
    TruthTable truth =
        TruthTable.of(List.of(new Plant(Breakage.BOOKED_TWICE, ONE, false)), List.of());
    assertThat(row(truth, Breakage.BOOKED_TWICE).missed()).isEqualTo(1);
    assertThat(row(truth, Breakage.BOOKED_TWICE).timesToDetect().percentile(50)).isEmpty();
    assertThat(truth.complaints())
        .containsExactly(
            "withdrawal-is-booked-once withdrawal/" + ONE + ": planted as booked-twice, not found");
  }

  @Test
  void a_violation_without_plant_is_a_false_alarm_of_the_kind_that_it_looks_like() {
    TruthTable truth =
        TruthTable.of(List.of(), List.of(raised(ONE, "booked-twice", 1, false, 100)));
    assertThat(row(truth, Breakage.BOOKED_TWICE).falseAlarms()).isEqualTo(1);
    assertThat(truth.unexplained()).isZero();
    assertThat(truth.isPerfect()).isFalse();
  }

  @Test
  void the_right_root_with_the_wrong_reason_is_missed_and_a_false_alarm() {
    TruthTable truth =
        TruthTable.of(
            List.of(new Plant(Breakage.BOOKED_TWICE, ONE, false)),
            List.of(raised(ONE, "wrong-amount", 1, false, 100)));
    assertThat(row(truth, Breakage.BOOKED_TWICE).missed()).isEqualTo(1);
    assertThat(row(truth, Breakage.BOOKED_TWICE).found()).isZero();
    assertThat(row(truth, Breakage.WRONG_AMOUNT).falseAlarms()).isEqualTo(1);
    assertThat(truth.complaints()).hasSize(2);
  }

  @Test
  void the_right_reason_among_others_is_not_the_right_reason() {
    Raised both =
        new Raised(
            "withdrawal-is-booked-once",
            "withdrawal/" + ONE,
            Set.of("booked-twice", "wrong-amount"),
            1,
            false,
            new Detection(Duration.ZERO, Duration.ZERO));
    TruthTable truth =
        TruthTable.of(List.of(new Plant(Breakage.BOOKED_TWICE, ONE, false)), List.of(both));
    assertThat(row(truth, Breakage.BOOKED_TWICE).missed()).isEqualTo(1);
    assertThat(truth.unexplained()).isEqualTo(1);
  }

  @Test
  void a_plant_excuses_no_violation_of_another_check() {
    Raised other =
        new Raised(
            "withdrawal-is-completed",
            "withdrawal/" + ONE,
            Set.of("not-completed"),
            1,
            false,
            new Detection(Duration.ZERO, Duration.ZERO));
    TruthTable truth =
        TruthTable.of(
            List.of(new Plant(Breakage.BOOKED_TWICE, ONE, false)),
            List.of(raised(ONE, "booked-twice", 1, false, 100), other));
    assertThat(row(truth, Breakage.BOOKED_TWICE).found()).isEqualTo(1);
    assertThat(row(truth, Breakage.NEVER_COMPLETED).falseAlarms()).isEqualTo(1);
    assertThat(truth.isPerfect()).isFalse();
  }

  @Test
  void a_violation_that_comes_back_is_a_false_alarm() {
    TruthTable truth =
        TruthTable.of(
            List.of(new Plant(Breakage.BOOKED_TWICE, ONE, true)),
            List.of(raised(ONE, "booked-twice", 2, true, 100)));
    assertThat(row(truth, Breakage.BOOKED_TWICE).found()).isEqualTo(1);
    assertThat(row(truth, Breakage.BOOKED_TWICE).falseAlarms()).isEqualTo(1);
    assertThat(truth.isPerfect()).isFalse();
  }

  @Test
  void what_was_healed_must_be_resolved_and_what_was_not_must_be_open() {
    TruthTable truth =
        TruthTable.of(
            List.of(
                new Plant(Breakage.BOOKED_TWICE, ONE, true),
                new Plant(Breakage.BOOKED_TWICE, TWO, false)),
            List.of(
                raised(ONE, "booked-twice", 1, false, 100),
                raised(TWO, "booked-twice", 1, true, 100)));
    assertThat(row(truth, Breakage.BOOKED_TWICE).healed()).isEqualTo(1);
    assertThat(row(truth, Breakage.BOOKED_TWICE).resolved()).isZero();
    assertThat(truth.complaints()).hasSize(2);
  }

  @Test
  void percentiles_are_by_nearest_rank() {
    Latencies hundred =
        Latencies.of(IntStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList());
    assertThat(hundred.percentile(50)).contains(Duration.ofMillis(50));
    assertThat(hundred.percentile(99)).contains(Duration.ofMillis(99));
    assertThat(hundred.percentile(100)).contains(Duration.ofMillis(100));
    assertThat(Latencies.of(List.of(Duration.ofMillis(3))).percentile(1))
        .contains(Duration.ofMillis(3));
  }

  private static Raised raised(
      UUID withdrawal, String reason, int openings, boolean healed, int millis) {
    return new Raised(
        "withdrawal-is-booked-once",
        "withdrawal/" + withdrawal,
        Set.of(reason),
        openings,
        healed,
        new Detection(Duration.ofMillis(millis), Duration.ofMillis(millis)));
  }

  private static Row row(TruthTable truth, Breakage kind) {
    return truth.rows().stream().filter(row -> row.breakage() == kind).findFirst().orElseThrow();
  }
}
