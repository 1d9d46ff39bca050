package dev.overseer.runner;

import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.runner.SmallExchange.ENTRIES;
import static dev.overseer.runner.SmallExchange.WITHDRAWALS;
import static dev.overseer.runner.Stand.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.checks.Check;
import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.runner.SmallExchange.Booking;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Of many judgements some are made twice. */
class SecondLookTest {
  private static final int ROOTS = 5_000;

  private static CheckDeclaration<Booking> declared(Check<Booking> check) {
    return new CheckDeclaration<>(new CheckName("the-check"), Booking.class, check);
  }

  private static List<Verdict> verdicts(Check<Booking> check) {
    return verdicts(declared(check));
  }

  private static List<Verdict> verdicts(CheckDeclaration<Booking> check) {
    Stand stand = new Stand(check);
    for (int root = 1; root <= ROOTS; root++) {
      String id = Integer.toString(root);
      stand.payments.commit(seconds(10), insert(WITHDRAWALS, id, "5", "new"));
      stand.ledger.commit(
          seconds(10),
          insert(ENTRIES, Integer.toString(2 * root), id, "2"),
          insert(ENTRIES, Integer.toString(2 * root + 1), id, "3"));
    }
    stand.mark(20);
    return stand.run();
  }

  @Test
  void what_a_check_says_by_an_order_that_means_nothing_is_its_error_now_and_then() {
    List<Verdict> verdicts =
        verdicts(
            (view, judging) ->
                view.entries().getFirst().amount().intValue() == 2
                    ? Outcome.passed()
                    : Outcome.failed("order", "The other one came first"));

    List<Verdict> errors =
        verdicts.stream().filter(it -> it.outcome() instanceof Outcome.Errored).toList();
    assertThat(errors).hasSizeBetween(1, 20);
    assertThat(errors.getFirst().outcome().toString())
        .contains("Judged twice", "Passed", "order", "beside the view");
    assertThat(verdicts).hasSize(ROOTS);
  }

  @Test
  void what_a_check_keeps_between_its_calls_is_found_too() {
    AtomicInteger calls = new AtomicInteger();
    List<Verdict> verdicts =
        verdicts(
            (view, judging) ->
                calls.incrementAndGet() % 2 == 0
                    ? Outcome.passed()
                    : Outcome.failed("odd", "An odd call"));

    assertThat(verdicts).anyMatch(it -> it.outcome() instanceof Outcome.Errored);
  }

  @Test
  void a_check_that_calls_out_may_say_something_else_and_is_asked_once() {
    AtomicInteger calls = new AtomicInteger();
    List<Verdict> verdicts =
        verdicts(
            declared(
                    (view, judging) ->
                        calls.incrementAndGet() % 2 == 0
                            ? Outcome.passed()
                            : Outcome.failed("odd", "An odd call"))
                .callsOut());

    assertThat(verdicts).hasSize(ROOTS).noneMatch(it -> it.outcome() instanceof Outcome.Errored);
    assertThat(calls).hasValue(ROOTS);
  }

  @Test
  void words_may_name_members_in_their_order() {
    AtomicInteger calls = new AtomicInteger();
    List<Verdict> verdicts =
        verdicts(
            (view, judging) -> {
              calls.incrementAndGet();
              return Outcome.failed("wrong", "They are " + view.entries());
            });

    assertThat(verdicts).hasSize(ROOTS).allMatch(it -> it.outcome() instanceof Outcome.Failed);
    assertThat(calls.get()).isBetween(ROOTS + 1, ROOTS + 20);
  }
}
