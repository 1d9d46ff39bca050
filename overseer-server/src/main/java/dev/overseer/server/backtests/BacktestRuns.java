package dev.overseer.server.backtests;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Unavailable;
import dev.overseer.runner.backtest.Backtest;
import dev.overseer.runner.backtest.BacktestReport;
import dev.overseer.server.desk.BacktestAsk;
import dev.overseer.server.desk.BacktestStatus;
import dev.overseer.server.desk.Backtests;
import dev.overseer.server.reading.NotThere;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs backtests, one at a time, and remembers what the last ones came to. */
public final class BacktestRuns implements Backtests, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BacktestRuns.class);
  private static final int REMEMBERED_MAX = 20;

  private final Backtesting backtesting;
  private final ExecutorService thread;
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private int begun;

  private record Run(
      String id, BacktestAsk ask, Backtest backtest, CompletableFuture<BacktestReport> report) {}

  /**
   * @param thread on which a backtest reads the log; closed with this
   */
  public BacktestRuns(Backtesting backtesting, ExecutorService thread) {
    this.backtesting = backtesting;
    this.thread = thread;
  }

  @Override
  public synchronized BacktestStatus start(BacktestAsk ask) {
    if (runs.values().stream().anyMatch(run -> !run.report().isDone())) {
      throw new Unavailable("Another backtest is running: wait for its end, or cancel it");
    }
    Backtest backtest = backtesting.backtest(ask);
    String id = Integer.toString(++begun);
    Run run =
        new Run(id, ask, backtest, CompletableFuture.supplyAsync(() -> run(backtest), thread));
    runs.put(id, run);
    if (runs.size() > REMEMBERED_MAX) {
      runs.remove(runs.keySet().iterator().next());
    }
    return status(run);
  }

  private static BacktestReport run(Backtest backtest) {
    try {
      return backtest.run();
    } catch (RuntimeException failed) {
      LOG.warn("A backtest ended without a report", failed);
      throw failed;
    }
  }

  @Override
  public synchronized BacktestStatus get(String id) {
    return status(find(id));
  }

  @Override
  public BacktestStatus cancel(String id) {
    Run run;
    synchronized (this) {
      run = find(id);
    }
    run.backtest().cancel();
    run.report().exceptionally(_ -> null).join();
    return status(run);
  }

  private Run find(String id) {
    Run run = runs.get(id);
    if (run == null) {
      throw new NotThere("There is no backtest " + id);
    }
    return run;
  }

  private static BacktestStatus status(Run run) {
    return switch (run.report().state()) {
      case RUNNING -> status(run, BacktestStatus.RUNNING, Optional.empty());
      case SUCCESS ->
          new BacktestStatus(
              run.id(),
              run.ask().check(),
              BacktestStatus.DONE,
              run.backtest().read(),
              run.backtest().all(),
              Optional.of(BacktestTelling.answer(run.report().resultNow())),
              Optional.empty());
      case FAILED, CANCELLED ->
          run.backtest().isCancelled()
              ? status(run, BacktestStatus.CANCELLED, Optional.empty())
              : status(run, BacktestStatus.FAILED, Optional.of(error(run)));
    };
  }

  private static BacktestStatus status(Run run, String state, Optional<String> error) {
    return new BacktestStatus(
        run.id(),
        run.ask().check(),
        state,
        run.backtest().read(),
        run.backtest().all(),
        Optional.empty(),
        error);
  }

  private static String error(Run run) {
    Throwable thrown = run.report().exceptionNow();
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof InvalidRequest || cause instanceof Unavailable) {
      return String.valueOf(cause.getMessage());
    }
    return cause.toString();
  }

  @Override
  public void close() {
    synchronized (this) {
      runs.values().forEach(run -> run.backtest().cancel());
    }
    thread.shutdownNow();
    thread.close();
  }
}
