package dev.overseer.examples.exchange.demo;

import dev.overseer.examples.exchange.traffic.Traffic;
import dev.overseer.examples.exchange.traffic.Troubles;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes the troubles of a plan while the traffic runs, each at its time, and says so. */
final class TroubleMaker implements AutoCloseable {
  private final Thread thread;
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  private TroubleMaker(List<Trouble> troubles, Traffic traffic, Consumer<String> says) {
    this.thread =
        Thread.ofVirtual()
            .name("troubles")
            .unstarted(
                () -> {
                  try {
                    for (Trouble trouble : troubles) {
                      Thread.sleep(positive(trouble.at().minus(traffic.elapsed())));
                      says.accept(trouble.text());
                      trouble.act().run();
                    }
                    over.complete(null);
                  } catch (InterruptedException e) {
                    over.cancel(false);
                  } catch (RuntimeException e) {
                    over.completeExceptionally(e);
                  }
                });
  }

  /**
   * One thing that happens.
   *
   * @param at after the traffic's start
   */
  private record Trouble(Duration at, String text, Runnable act) {}

  /** What the troubles are made with. */
  interface Means {
    void holdLedgerFeed();

    void releaseLedgerFeed();

    void restartPayments();
  }

  static TroubleMaker start(
      Troubles troubles, Traffic traffic, Means means, Consumer<String> says) {
    TroubleMaker maker = new TroubleMaker(list(troubles, means), traffic, says);
    maker.thread.start();
    return maker;
  }

  /** Completes when all is over, or fails with what went wrong in making it. */
  CompletableFuture<Void> over() {
    return over;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private static List<Trouble> list(Troubles troubles, Means means) {
    Stream<Trouble> bursts =
        troubles.bursts().stream()
            .map(at -> new Trouble(at, "a burst: the withdrawals of 3 s at once", () -> {}));
    Stream<Trouble> others =
        Stream.of(
            new Trouble(
                troubles.stall(),
                "the ledger's feed stalls for %d s; payments runs on"
                    .formatted(Troubles.STALL_LENGTH.toSeconds()),
                means::holdLedgerFeed),
            new Trouble(
                troubles.stall().plus(Troubles.STALL_LENGTH),
                "the ledger's feed goes on",
                means::releaseLedgerFeed),
            new Trouble(
                troubles.restart(), "the payments server is restarted", means::restartPayments));
    return Stream.concat(bursts, others)
        .sorted((one, other) -> one.at().compareTo(other.at()))
        .toList();
  }

  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
