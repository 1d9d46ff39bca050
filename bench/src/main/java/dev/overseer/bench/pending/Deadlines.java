package dev.overseer.bench.pending;

import dev.overseer.bench.payouts.Payouts;
import dev.overseer.bench.payouts.Payouts.PayoutProgress;
import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.Outcome;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import java.time.Duration;

/** Each payout must be made within a day; there are two thousand of them a second. */
final class Deadlines {
  static final Duration WITHIN = Duration.ofDays(1);

  private static final Duration EVERY = Duration.ofMillis(50);

  private Deadlines() {}

  static CheckDefinition<?> check() {
    return new CheckDeclaration<>(
            new CheckName("payout-is-made-in-time"), PayoutProgress.class, (view, _) -> paid(view))
        .strategy(ExecutionStrategy.after(WITHIN))
        .definition();
  }

  private static Outcome paid(PayoutProgress view) {
    return view.payout().status().equals("paid")
        ? Outcome.passed()
        : Outcome.failed("not-paid", "Not paid within a day", "paid", view.payout().status());
  }

  /** When the transaction of this number was committed. */
  static EffectiveTime time(long transaction) {
    return Payouts.FIRST.plus(EVERY.multipliedBy(transaction));
  }
}
