package dev.overseer.examples.exchange;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * A customer's funds on their way out, as the payments database has them.
 *
 * @param status {@code requested}, {@code completed} or {@code refunded}
 */
public record Withdrawal(UUID id, BigDecimal amount, String status) {}
