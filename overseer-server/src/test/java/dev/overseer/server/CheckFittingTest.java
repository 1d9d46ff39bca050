package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Checks;
import dev.overseer.checks.Escalation;
import dev.overseer.checks.Outcome;
import dev.overseer.model.InvalidRequest;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.loading.LoadedChecks;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckFittingTest {
  private static final String TEXT =
      """
      sources:
        payments: { type: postgres, url: "jdbc:postgresql://db/payments" }
        ledger: { type: postgres, url: "jdbc:postgresql://db/ledger" }
      models:
        withdrawal: { source: payments, table: public.withdrawals, key: id }
        ledger-entry: { source: ledger, table: public.entries, key: id, references: { withdrawal: withdrawal_id } }
      views:
        withdrawal-booking: { root: withdrawal, join: { entries: { model: ledger-entry, by: withdrawal, many: true } } }
      """;
  private static final Configuration CONFIGURATION =
      Configuration.parse("overseer.yaml", TEXT, Path.of("."));

  record Withdrawal(String id, BigDecimal amount) {}

  record Entry(BigDecimal amount) {}

  record WithdrawalBooking(Withdrawal withdrawal, List<Entry> entries) {}

  record Mistaken(Withdrawal withdrawl, Entry entries) {}

  @Test
  void checks_that_fit_are_taken() {
    assertThatCode(
            () ->
                require(
                    checks ->
                        checks
                            .check("fits", WithdrawalBooking.class, _ -> Outcome.passed())
                            .triggeredBy("entries")
                            .escalate(Escalation.to("log"))))
        .doesNotThrowAnyException();
  }

  @Test
  void everything_that_does_not_fit_is_said_at_once() {
    assertThatThrownBy(
            () ->
                require(
                    checks -> {
                      checks.check("no-view", Withdrawal.class, _ -> Outcome.passed());
                      checks
                          .check("no-type", Mistaken.class, _ -> Outcome.passed())
                          .view("withdrawal-booking");
                      checks
                          .check("no-channel", WithdrawalBooking.class, _ -> Outcome.passed())
                          .triggeredBy("postings")
                          .escalate(Escalation.to("pager"));
                      checks.check("no-view", WithdrawalBooking.class, _ -> Outcome.passed());
                    }))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("'no-view' is declared twice")
        .hasMessageContaining("'no-view': there is no view 'withdrawal'")
        .hasMessageContaining("'no-type': Mistaken does not fit view 'withdrawal-booking'")
        .hasMessageContaining("withdrawl")
        .hasMessageContaining("triggered by 'postings'")
        .hasMessageContaining("there is no channel 'pager'");
  }

  @Test
  void a_mode_of_a_check_that_there_is_not_is_told_with_its_place() {
    Configuration mistaken =
        Configuration.parse(
            "overseer.yaml",
            TEXT
                + """
                checks:
                  modes: { fits: observe, fist: paused, other: active }
                """,
            Path.of("."));

    assertThatThrownBy(
            () -> {
              try (LoadedChecks checks = LoadedChecks.of(List.of(CheckFittingTest::fitting))) {
                CheckFitting.require(checks, mistaken);
              }
            })
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("checks.modes, line 10, column 27: There is no check 'fist'")
        .hasMessageContaining("did you mean 'fits'?")
        .hasMessageContaining("There is no check 'other'; there are [fits]")
        .hasMessageNotContaining("'fits';");
  }

  private static void fitting(Checks checks) {
    checks.check("fits", WithdrawalBooking.class, _ -> Outcome.passed());
  }

  private static void require(CheckModule module) {
    try (LoadedChecks checks = LoadedChecks.of(List.of(module))) {
      CheckFitting.require(checks, CONFIGURATION);
    }
  }
}
