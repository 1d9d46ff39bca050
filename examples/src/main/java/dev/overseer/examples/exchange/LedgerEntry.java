package dev.overseer.examples.exchange;

import java.math.BigDecimal;

/**
 * What the ledger wrote down for a withdrawal.
 *
 * @param kind {@code booking} when the funds leave, {@code refund} when they come back
 */
public record LedgerEntry(BigDecimal amount, String kind) {}
