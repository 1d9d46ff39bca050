package dev.overseer.server.backtests;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.DefinitionHash;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.backtest.Backtest;
import dev.overseer.runner.backtest.BacktestLimits;
import dev.overseer.runner.backtest.BacktestParts;
import dev.overseer.runner.backtest.BacktestRequest;
import dev.overseer.runner.backtest.Workers;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.server.desk.BacktestAsk;
import dev.overseer.store.log.ReadableLog;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes backtests of what is asked for.
 *
 * @param hashes what a definition's hash is here
 * @param activeFrom from when on a check is judged live; empty where it never was
 * @param workers one backtest's
 */
public record Backtesting(
    List<CheckDefinition<?>> checks,
    Function<CheckDefinition<?>, DefinitionHash> hashes,
    Function<CheckName, Optional<EffectiveTime>> activeFrom,
    BacktestParts parts,
    BacktestLimits limits,
    Workers workers,
    ReadableLog<JournalEntry> journal) {
  private static final String LIVE = "live";

  public Backtesting {
    checks = List.copyOf(checks);
  }

  Backtest backtest(BacktestAsk ask) {
    CheckDefinition<?> check = check(ask.check());
    EffectiveTime from =
        ask.from()
            .map(Backtesting::time)
            .or(() -> activeFrom.apply(check.name()))
            .orElse(EffectiveTime.MIN);
    EffectiveTime to = ask.to().map(Backtesting::time).orElse(EffectiveTime.MAX);
    return new Backtest(
        new BacktestRequest(new ActiveCheck(check, hashes.apply(check), from), to),
        parts,
        limits,
        workers,
        compared(ask),
        _ -> {});
  }

  private CheckDefinition<?> check(String name) {
    return checks.stream()
        .filter(check -> check.name().value().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRequest(
                    "There is no check '%s'; there are %s"
                        .formatted(name, checks.stream().map(CheckDefinition::name).toList())));
  }

  private Optional<ReadableLog<JournalEntry>> compared(BacktestAsk ask) {
    ask.compare()
        .filter(with -> !with.equals(LIVE))
        .ifPresent(
            with -> {
              throw new InvalidRequest(
                  "Verdicts can be compared with 'live', not with '%s'".formatted(with));
            });
    return ask.compare().map(_ -> journal);
  }

  private static EffectiveTime time(String text) {
    try {
      return EffectiveTime.of(
          text.contains("T")
              ? Instant.parse(text)
              : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      throw new InvalidRequest(
          "'%s' is no time: say 2026-01-31T08:00:00Z, or 2026-01-31 for its beginning in UTC"
              .formatted(text),
          e);
    }
  }
}
