package dev.overseer.examples.exchange.demo;

import static dev.overseer.examples.exchange.demo.TruthReport.seconds;

import dev.overseer.examples.exchange.traffic.Plan;
import dev.overseer.examples.exchange.traffic.Traffic;
import dev.overseer.model.Unavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run of the demo, from two empty databases to the truth about what was found in them. */
final class DemoRun {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration DRAIN_MAX = Duration.ofSeconds(120);
  private static final Duration FRESH = Duration.ofSeconds(2);

  private final Plan plan;
  private final Path directory;
  private final Terminal terminal;
  private final Cleanup cleanup;
  private final Interruption interruption;

  DemoRun(
      Plan plan, Path directory, Terminal terminal, Cleanup cleanup, Interruption interruption) {
    this.plan = plan;
    this.directory = directory;
    this.terminal = terminal;
    this.cleanup = cleanup;
    this.interruption = interruption;
  }

  /**
   * Whether everything planted was found, everything healed was resolved, nothing else was raised,
   * and a replay says the same.
   */
  boolean run() throws InterruptedException {
    terminal.line("Two Postgres servers start: payments and ledger.");
    ExchangeServers servers = ExchangeServers.start(directory, cleanup);
    interruption.check();
    terminal.line("Overseer starts, and finds their tables empty.");
    WatchedExchange overseer =
        cleanup.add(WatchedExchange.start(directory, servers.configuration()));
    // Overseer stops sooner when it can say goodbye to both servers.
    cleanup.add(servers::releaseLedgerFeed);
    awaitFresh(overseer);

    Traffic traffic = cleanup.add(Traffic.start(plan, servers.paymentsUrl(), servers.ledgerUrl()));
    LiveReport report = new LiveReport(terminal, plan, traffic);
    report.say("Traffic begins.");
    TroubleMaker troubles =
        cleanup.add(TroubleMaker.start(plan.troubles(), traffic, servers, report::trouble));
    watch(traffic, troubles, overseer, report);

    Instant end = Instant.now();
    report.say("The traffic is over; what is not yet due is awaited and judged.");
    Observation last = drain(overseer, report, end);
    report.say("Everything up to the end of the traffic is judged.");
    terminal.endBlock();
    boolean perfect = tell(last);
    interruption.check();
    return replayIsSame(overseer) && perfect;
  }

  private boolean tell(Observation last) {
    TruthTable truth = TruthTable.of(plan.plants(), last.violations());
    terminal.line("");
    new TruthReport(truth, terminal).lines().forEach(terminal::line);
    return truth.isPerfect();
  }

  private boolean replayIsSame(WatchedExchange overseer) {
    Replay replay = overseer.replay();
    VerdictTally recorded = replay.recorded();
    VerdictTally replayed =
        replay.replayed(WatchedExchange.CHECKS, directory.resolve("replay-index"));
    if (recorded.isSameAs(replayed)) {
      terminal.line(
          "Replayed from its log alone, Overseer gives the same %,d complete verdicts."
              .formatted(recorded.total()));
      return true;
    }
    terminal.line(
        terminal.paint(Ink.RED, "Replayed from its log alone, Overseer gives other verdicts: ")
            + "%s on record, %s replayed.".formatted(recorded, replayed));
    return false;
  }

  private void awaitFresh(WatchedExchange overseer) throws InterruptedException {
    await(
        overseer,
        _ -> {},
        now ->
            now.watermarks().size() == 2
                && now.watermarks().values().stream()
                    .allMatch(watermark -> now.behind(watermark).compareTo(FRESH) < 0),
        START_MAX,
        "Overseer did not hear of both databases");
  }

  private void watch(
      Traffic traffic, TroubleMaker troubles, WatchedExchange overseer, LiveReport report)
      throws InterruptedException {
    while (!traffic.over().isDone() || !troubles.over().isDone()) {
      report.show(overseer.observe());
      pause();
    }
    try {
      traffic.over().join();
      troubles.over().join();
    } catch (CompletionException e) {
      throw new Unavailable("The exchange broke down: " + e.getCause(), e);
    }
  }

  private Observation drain(WatchedExchange overseer, LiveReport report, Instant end)
      throws InterruptedException {
    return await(
        overseer,
        report::show,
        now -> now.covers(end),
        DRAIN_MAX,
        "Not everything was judged up to the end of the traffic");
  }

  private Observation await(
      WatchedExchange overseer,
      Consumer<Observation> show,
      Predicate<Observation> enough,
      Duration waitMax,
      String complaint)
      throws InterruptedException {
    Instant giveUp = Instant.now().plus(waitMax);
    while (true) {
      Observation now = overseer.observe();
      show.accept(now);
      if (enough.test(now)) {
        return now;
      }
      if (now.at().isAfter(giveUp)) {
        terminal.endBlock();
        throw new Unavailable(
            "%s within %d s: %s. %s"
                .formatted(complaint, waitMax.toSeconds(), state(now), overseer.troubles()));
      }
      pause();
    }
  }

  private void pause() throws InterruptedException {
    interruption.check();
    Thread.sleep(LOOK_EVERY);
  }

  private static String state(Observation now) {
    return Stream.concat(
            now.watermarks().entrySet().stream()
                .map(it -> it.getKey() + " was heard of " + ago(now, it.getValue())),
            now.coverage().entrySet().stream()
                .map(it -> it.getKey() + " has judged up to " + ago(now, it.getValue())))
        .collect(Collectors.joining(", "));
  }

  private static String ago(Observation now, Instant reached) {
    return seconds(Optional.of(now.behind(reached))) + " ago";
  }
}
