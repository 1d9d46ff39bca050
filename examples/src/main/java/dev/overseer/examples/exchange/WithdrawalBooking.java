package dev.overseer.examples.exchange;

import java.util.List;

/** A withdrawal in the payments database beside what the ledger says of it. */
public record WithdrawalBooking(Withdrawal withdrawal, List<LedgerEntry> entries) {

  List<LedgerEntry> bookings() {
    return entries.stream().filter(entry -> entry.kind().equals("booking")).toList();
  }
}
