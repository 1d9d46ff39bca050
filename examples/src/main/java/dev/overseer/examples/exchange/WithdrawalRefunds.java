package dev.overseer.examples.exchange;

import java.util.List;

/** A withdrawal and everything that was refunded of it. */
public record WithdrawalRefunds(Withdrawal withdrawal, List<Refund> refunds) {

  List<Refund> paid() {
    return refunds.stream().filter(refund -> refund.status().equals("paid")).toList();
  }
}
