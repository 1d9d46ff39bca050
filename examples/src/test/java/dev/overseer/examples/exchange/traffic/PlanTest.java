package dev.overseer.examples.exchange.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.examples.exchange.ExchangeChecks;
import dev.overseer.model.InvalidRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

  @Test
  void the_same_seed_gives_the_same_plan() {
    Plan plan = Plan.of(new PlanOptions(60, 300, 7));
    Plan again = Plan.of(new PlanOptions(60, 300, 7));
    assertThat(again.plants()).containsExactlyElementsOf(plan.plants());
    assertThat(scripts(again)).containsExactlyElementsOf(scripts(plan).toList());
  }

  @Test
  void another_seed_gives_another_plan() {
    assertThat(Plan.of(new PlanOptions(60, 300, 8)).plants())
        .doesNotContainAnyElementsOf(Plan.of(new PlanOptions(60, 300, 7)).plants());
  }

  @ParameterizedTest
  @CsvSource({"60, 300, 1", "30, 10, 2", "600, 1000, 3", "45, 50, 4"})
  void at_least_five_of_each_kind_are_broken_and_half_of_them_healed(
      int seconds, int rate, long seed) {
    Map<Breakage, List<Plant>> byKind =
        Plan.of(new PlanOptions(seconds, rate, seed)).plants().stream()
            .collect(Collectors.groupingBy(Plant::breakage));
    assertThat(byKind).containsOnlyKeys(Breakage.values());
    assertThat(byKind.values())
        .allSatisfy(
            plants -> {
              assertThat(plants).hasSizeGreaterThanOrEqualTo(5);
              assertThat(plants.stream().filter(Plant::healed).count() * 2)
                  .isEqualTo(plants.size());
            });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void the_first_plant_shows_soon(long seed) {
    Plan plan = Plan.of(new PlanOptions(60, 300, seed));
    Plant first = plan.plants().iterator().next();
    assertThat(first.breakage()).isEqualTo(Breakage.REFUNDED_TWICE);
    assertThat(scriptOf(plan, first.withdrawal()).start()).isLessThan(Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({"60, 300, 1", "30, 10, 2"})
  void everything_that_heals_has_done_so_soon_after_the_last_request(
      int seconds, int rate, long seed) {
    Plan plan = Plan.of(new PlanOptions(seconds, rate, seed));
    assertThat(scripts(plan).map(PlanTest::end))
        .allMatch(end -> end.compareTo(Duration.ofSeconds(seconds + 6)) < 0);
  }

  @Test
  void every_withdrawal_has_its_own_id() {
    Plan plan = Plan.of(new PlanOptions(60, 300, 1));
    Set<UUID> ids = new HashSet<>();
    assertThat(scripts(plan).map(PlanTest::withdrawal)).allMatch(ids::add);
  }

  @Test
  void withdrawals_start_in_the_order_of_their_numbers() {
    assertThat(scripts(Plan.of(new PlanOptions(60, 300, 1))).map(Script::start)).isSorted();
  }

  @Test
  void what_is_not_planted_is_booked_once_in_time_and_completed_in_time() {
    Plan plan = Plan.of(new PlanOptions(60, 300, 1));
    Set<UUID> planted = plan.plants().stream().map(Plant::withdrawal).collect(Collectors.toSet());
    assertThat(scripts(plan).filter(script -> !planted.contains(withdrawal(script))))
        .hasSize(plan.withdrawals() - planted.size())
        .allSatisfy(PlanTest::assertHarmless);
  }

  @Test
  void some_bookings_are_seconds_late() {
    assertThat(
            scripts(Plan.of(new PlanOptions(60, 300, 1)))
                .filter(script -> script.steps().size() > 1)
                .filter(script -> script.steps().get(1).delay().toMillis() > 1_500))
        .hasSizeGreaterThan(100);
  }

  @Test
  void a_burst_brings_the_withdrawals_of_seconds_at_once() {
    Plan plan = Plan.of(new PlanOptions(60, 300, 1));
    Duration burst = plan.troubles().bursts().getFirst();
    assertThat(
            scripts(plan)
                .map(script -> script.start().minus(burst).toMillis())
                .filter(millis -> millis >= 0 && millis < 300))
        .hasSizeGreaterThan(800);
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 60, 600})
  void the_restart_comes_after_the_stall_and_before_the_end(int seconds) {
    Troubles troubles = Plan.of(new PlanOptions(seconds, 300, 1)).troubles();
    assertThat(troubles.restart())
        .isGreaterThan(troubles.stall().plus(Troubles.STALL_LENGTH))
        .isLessThan(Duration.ofSeconds(seconds - 1));
  }

  @Test
  void a_run_too_short_for_its_troubles_is_refused() {
    assertThatThrownBy(() -> new PlanOptions(29, 300, 1))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("--seconds is at least 30, not 29");
  }

  @Test
  void a_rate_that_hides_nothing_is_refused() {
    assertThatThrownBy(() -> new PlanOptions(60, 9, 1))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("--rate is at least 10");
  }

  private static void assertHarmless(Script script) {
    List<Action> actions = script.steps().stream().map(Script.Step::action).toList();
    assertThat(actions.getFirst()).isInstanceOf(Action.Request.class);
    assertThat(actions.get(1)).isInstanceOf(Action.Enter.class);
    assertThat(actions.get(2)).isInstanceOf(Action.Complete.class);
    assertThat(((Action.Enter) actions.get(1)).money())
        .isEqualTo(((Action.Request) actions.getFirst()).money());
    assertThat(actions.stream().filter(action -> action instanceof Action.PayRefund))
        .hasSizeLessThan(2);
    assertThat(script.steps().get(1).delay()).isLessThan(ExchangeChecks.BOOKED_WITHIN);
    assertThat(script.steps().get(1).delay().plus(script.steps().get(2).delay()))
        .isLessThan(ExchangeChecks.COMPLETED_AFTER);
  }

  private static Stream<Script> scripts(Plan plan) {
    return IntStream.range(0, plan.withdrawals()).mapToObj(plan::script);
  }

  private static Script scriptOf(Plan plan, UUID withdrawal) {
    return scripts(plan)
        .filter(script -> withdrawal(script).equals(withdrawal))
        .findFirst()
        .orElseThrow();
  }

  private static Duration end(Script script) {
    return script.steps().stream().map(Script.Step::delay).reduce(script.start(), Duration::plus);
  }

  private static UUID withdrawal(Script script) {
    return switch (script.steps().getFirst().action()) {
      case Action.Request request -> request.withdrawal();
      case Action.Enter entry -> entry.withdrawal();
      default -> throw new AssertionError("No script begins like this: " + script);
    };
  }
}
