package dev.overseer.runner;

import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static dev.overseer.formats.pgoutput.PgTable.UNCHANGED;
import static dev.overseer.runner.SmallExchange.WITHDRAWALS;
import static dev.overseer.runner.Stand.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a value is known as goes all the way to the check. */
class UnknownToTheCheckTest {

  record Noted(Optional<String> status) {}

  record Progress(Noted withdrawal) {}

  private final Stand stand =
      new Stand(
          new CheckDeclaration<>(
              new CheckName("tells-the-status"),
              Progress.class,
              (view, judging) ->
                  Outcome.failed("told", view.withdrawal().status().orElse("null"))));

  @Test
  void known_carried_null_and_unknown_are_four_things_to_a_check() {
    stand.payments.commit(seconds(1), insert(WITHDRAWALS, "1", "5", "sent"));
    stand.payments.commit(seconds(5), insert(WITHDRAWALS, "2", "5", "sent"));
    stand.payments.commit(seconds(10), update(WITHDRAWALS, "2", "6", UNCHANGED));
    stand.payments.commit(seconds(15), insert(WITHDRAWALS, "3", "5", null));
    stand.payments.commit(seconds(20), update(WITHDRAWALS, "4", "6", UNCHANGED));
    stand.mark(30);

    List<Verdict> verdicts = stand.run();
    assertThat(verdicts)
        .extracting(
            verdict -> verdict.root().values().getFirst(), verdict -> told(verdict.outcome()))
        .contains(tuple("1", "sent"), tuple("2", "sent"), tuple("3", "null"));
    assertThat(verdicts.getLast().outcome())
        .as("of what no update sent")
        .isInstanceOf(Outcome.Inconclusive.class)
        .asString()
        .contains("withdrawal.status of withdrawal/4 is unknown", "left out column 'status'");
  }

  private static String told(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
        ? failed.reasons().getFirst().text()
        : outcome.getClass().getSimpleName();
  }
}
