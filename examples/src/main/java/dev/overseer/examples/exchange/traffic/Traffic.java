package dev.overseer.examples.exchange.traffic;

import dev.overseer.examples.exchange.traffic.Lane.Errand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Plays a plan on the exchange's two databases in real time. Each step of a script follows the
 * commit of the one before, so a database that is away for a while makes everything later, and
 * loses and doubles nothing. Owns its threads and connections until closed.
 */
public final class Traffic implements AutoCloseable {
  private static final int LANES = 4;

  /** Withdrawals on their way, above which no new one starts: bounds the queues and the memory. */
  private static final int IN_FLIGHT_MAX = 50_000;

  private static final Duration WHEN_FULL = Duration.ofMillis(50);

  private final Plan plan;
  private final BlockingQueue<Errand> payments = new LinkedBlockingQueue<>();
  private final BlockingQueue<Errand> ledger = new LinkedBlockingQueue<>();
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy());
  private final List<Thread> lanes = new ArrayList<>();
  private final LongAdder changes = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final AtomicInteger ended = new AtomicInteger();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final long startNanos;

  private Traffic(Plan plan) {
    this.plan = plan;
    this.startNanos = System.nanoTime();
  }

  /** Begins at once; the urls are of the databases themselves, with user and password. */
  public static Traffic start(Plan plan, String paymentsUrl, String ledgerUrl) {
    Traffic traffic = new Traffic(plan);
    for (int i = 0; i < LANES; i++) {
      traffic.startLane("payments-" + i, paymentsUrl, traffic.payments);
      traffic.startLane("ledger-" + i, ledgerUrl, traffic.ledger);
    }
    traffic.clock.execute(() -> traffic.startFrom(0));
    return traffic;
  }

  /** Completes when every script has ended, or fails with what made that impossible. */
  public CompletableFuture<Void> over() {
    return over;
  }

  /** Since its start. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** Actions committed so far. */
  public long changes() {
    return changes.sum();
  }

  /** How often a transaction was tried again because its database was away. */
  public long retries() {
    return retries.sum();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    lanes.forEach(Thread::interrupt);
    over.cancel(false);
  }

  private void startLane(String name, String url, BlockingQueue<Errand> due) {
    Lane lane = new Lane(url, due, retries);
    lanes.add(
        Thread.ofVirtual()
            .name(name)
            .uncaughtExceptionHandler((thread, failure) -> over.completeExceptionally(failure))
            .start(lane));
  }

  /** Starts the withdrawals that are due, and comes back for the next. */
  private void startFrom(int number) {
    int next = number;
    Duration now = elapsed();
    while (next < plan.withdrawals()) {
      Script script = plan.script(next);
      Duration ahead = next - ended.get() < IN_FLIGHT_MAX ? script.start().minus(now) : WHEN_FULL;
      if (ahead.isPositive()) {
        int from = next;
        later(ahead, () -> startFrom(from));
        return;
      }
      play(script, 0);
      next++;
    }
  }

  private void play(Script script, int step) {
    if (step == script.steps().size()) {
      if (ended.incrementAndGet() == plan.withdrawals()) {
        over.complete(null);
      }
      return;
    }
    Script.Step next = script.steps().get(step);
    Errand errand =
        new Errand(
            next.action(),
            () -> {
              changes.increment();
              play(script, step + 1);
            });
    if (next.delay().isZero()) {
      queueOf(next.action()).add(errand);
    } else {
      later(next.delay(), () -> queueOf(next.action()).add(errand));
    }
  }

  private BlockingQueue<Errand> queueOf(Action action) {
    return switch (action) {
      case Action.InPayments _ -> payments;
      case Action.InLedger _ -> ledger;
    };
  }

  private void later(Duration delay, Runnable then) {
    clock.schedule(then, delay.toNanos(), TimeUnit.NANOSECONDS);
  }
}
