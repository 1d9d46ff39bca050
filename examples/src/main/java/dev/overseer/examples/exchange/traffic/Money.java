package dev.overseer.examples.exchange.traffic;

import java.math.BigDecimal;

record Money(BigDecimal amount, String currency) {
  /** What no double would notice. */
  private static final BigDecimal SMALLEST = new BigDecimal("0.000000000000000001");

  /** Off by the smallest amount that the databases can hold. */
  Money offByTheSmallest() {
    return new Money(amount.add(SMALLEST), currency);
  }

  Money doubled() {
    return new Money(amount.add(amount), currency);
  }
}
