package dev.overseer.server.desk;

import java.util.Optional;

/**
 * Asks for a backtest of a check.
 *
 * @param from updates before this trigger nothing: {@code 2026-01-31T08:00:00Z}, or a day for its
 *     beginning in UTC; empty: from when on the check is judged live
 * @param to updates of this time and later trigger nothing either; empty: up to the end
 * @param compare {@code live}: with the verdicts on record; empty: with nothing
 */
public record BacktestAsk(
    String check, Optional<String> from, Optional<String> to, Optional<String> compare) {}
