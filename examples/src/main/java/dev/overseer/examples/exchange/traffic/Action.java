package dev.overseer.examples.exchange.traffic;

import java.util.UUID;

/**
 * One thing that the exchange does in one of its databases. Doing it again changes nothing more.
 */
sealed interface Action {

  /** What the front office does. */
  sealed interface InPayments extends Action {}

  /** What the back office does. */
  sealed interface InLedger extends Action {}

  record Request(UUID withdrawal, Money money, String status) implements InPayments {}

  record Complete(UUID withdrawal) implements InPayments {}

  record PayRefund(UUID refund, UUID withdrawal, Money money) implements InPayments {}

  record ReverseRefund(UUID refund) implements InPayments {}

  record Enter(UUID entry, UUID withdrawal, Money money, String kind) implements InLedger {}

  record CorrectEntry(UUID entry, Money money) implements InLedger {}

  record RemoveEntry(UUID entry) implements InLedger {}
}
