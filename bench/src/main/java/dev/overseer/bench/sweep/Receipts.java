package dev.overseer.bench.sweep;

import dev.overseer.bench.payouts.Payouts.ReceiptedPayout;
import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Outcome;
import dev.overseer.model.CheckName;

/** Each payout has a receipt. Nearly all of them do, and nearly all receipts are of a payout. */
final class Receipts {
  private Receipts() {}

  static CheckDefinition<?> check() {
    return new CheckDeclaration<>(
            new CheckName("payout-has-a-receipt"), ReceiptedPayout.class, (view, _) -> one(view))
        .definition();
  }

  private static Outcome one(ReceiptedPayout view) {
    int receipts = view.receipts().size();
    return receipts == 1
        ? Outcome.passed()
        : Outcome.failed("receipts", "Not one receipt", 1, receipts);
  }
}
