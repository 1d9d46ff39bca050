package dev.overseer.examples.exchange;

import java.math.BigDecimal;

/**
 * Funds given back to the customer.
 *
 * @param status {@code paid}, or {@code reversed} when it was taken back again
 */
public record Refund(BigDecimal amount, String status) {}
