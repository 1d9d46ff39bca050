package dev.overseer.bench.crash;

import dev.overseer.bench.campaign.Problems;
import dev.overseer.bench.crash.Kill.Moment;
import dev.overseer.bench.process.OverseerProcess;
import dev.overseer.bench.process.Polling;
import dev.overseer.bench.process.Scrape;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogRecord;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.server.desk.Desk;
import dev.overseer.store.log.ReadableLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Kills Overseer again and again while both databases change, lets it come to the end, and asks
 * whether anything was lost or doubled.
 */
final class Campaign {
  private static final Duration READY_MAX = Duration.ofSeconds(60);
  private static final Duration END_MAX = Duration.ofSeconds(90);
  private static final Duration ASK_EVERY = Duration.ofMillis(200);
  private static final int FATES_MIN = 5;
  private static final double DISKS_LOST = 0.6;
  private static final Duration LOAD_BEFORE_THE_FIRST_START = Duration.ofMillis(500);

  private static final String RECORDS = "overseer_update_log_records_total";
  private static final String UNARCHIVED = "overseer_update_log_unarchived_records";

  private final Path home;
  private final Plan plan;
  private final Consumer<String> progress;

  private boolean fated;

  /** How often what is lost, by which seed. */
  record Plan(int kills, long seed, Loss loss) {}

  Campaign(Path home, Plan plan, Consumer<String> progress) {
    this.home = home;
    this.plan = plan;
    this.progress = progress;
  }

  /** What is wrong in the end; its directory is kept when something is. */
  Problems run() {
    try (Databases databases = Databases.start();
        WebhookInbox inbox = WebhookInbox.open(plan.seed());
        Storage storage = Storage.of(plan);
        Load load = Load.start(plan.seed(), databases)) {
      Workshop workshop = Workshop.set(home, databases, inbox, storage.configuration());
      Clerk clerk = new Clerk();
      progress.accept("in " + workshop);
      Polling.pause(LOAD_BEFORE_THE_FIRST_START);
      killAgainAndAgain(workshop, load, clerk);
      comeToTheEnd(workshop, load, clerk, storage);
      Problems problems = audit(workshop, load.history(), inbox, clerk);
      storage.report(progress);
      if (problems.isEmpty()) {
        workshop.clearAway();
      }
      return problems;
    }
  }

  private void killAgainAndAgain(Workshop workshop, Load load, Clerk clerk) {
    SplittableRandom random = new SplittableRandom(plan.seed());
    SplittableRandom disks = new SplittableRandom(~plan.seed());
    for (int round = 1; round <= plan.kills(); round++) {
      Kill kill = Kill.next(random);
      try (OverseerProcess overseer = workshop.startOverseer()) {
        if (kill.moment() != Moment.STARTING) {
          overseer.awaitReady(READY_MAX);
          beginFates(overseer, load);
          clerk.act(overseer, load.history().fates());
        }
        Polling.pause(kill.delay());
        overseer.process().requireAlive();
        overseer.process().kill();
      }
      load.requireAlive();
      boolean diskLost =
          plan.loss() == Loss.MACHINE && (isLast(round) || disks.nextDouble() < DISKS_LOST);
      if (diskLost) {
        workshop.loseDisk();
      }
      progress.accept(
          "kill %d/%d: %s, %d ms%s; %,d changes committed"
              .formatted(
                  round,
                  plan.kills(),
                  kill.moment(),
                  kill.delay().toMillis(),
                  diskLost ? ", and the disk is gone" : "",
                  load.history().changes()));
      Polling.pause(kill.down());
    }
  }

  /**
   * What goes wrong, and right again, before all tables are known is not promised to be found; nor
   * what does so before that is safe, when the machine is lost that knew them.
   */
  private void beginFates(OverseerProcess overseer, Load load) {
    if (fated) {
      return;
    }
    Polling.await("all tables are known", ASK_EVERY, END_MAX, () -> isKnown(overseer));
    double known = overseer.metrics().sum(RECORDS);
    Polling.await(
        "that is safe",
        ASK_EVERY,
        END_MAX,
        () -> {
          Scrape now = overseer.metrics();
          return !now.isEmpty() && now.sum(RECORDS) - now.sum(UNARCHIVED) >= known;
        });
    load.history().tailed();
    load.allowFates();
    fated = true;
  }

  private static boolean isKnown(OverseerProcess overseer) {
    return overseer
        .ask(Desk::sources)
        .filter(sources -> sources.stream().allMatch(it -> it.unknownTables().isEmpty()))
        .isPresent();
  }

  private boolean isLast(int round) {
    return round == plan.kills();
  }

  private void comeToTheEnd(Workshop workshop, Load load, Clerk clerk, Storage storage) {
    try (OverseerProcess overseer = workshop.startOverseer()) {
      overseer.awaitReady(READY_MAX);
      beginFates(overseer, load);
      Polling.await(
          "something goes wrong in the load",
          ASK_EVERY,
          END_MAX,
          () -> load.history().fates().size() >= FATES_MIN);
      clerk.act(overseer, load.history().fates());
      load.end();
      storage.heal();
      Instant end = Instant.now();
      progress.accept("the load has ended; %,d changes".formatted(load.history().changes()));
      for (String check : List.of(CrashChecks.BOOKED, CrashChecks.COMPLETED)) {
        Polling.await(
            "coverage of %s reaches %s".formatted(check, end),
            ASK_EVERY,
            END_MAX,
            () -> isCovered(overseer, check, end));
      }
      Polling.await(
          "everything owed is delivered", ASK_EVERY, END_MAX, () -> isDelivered(workshop));
      overseer.stop();
    }
  }

  private static boolean isCovered(OverseerProcess overseer, String check, Instant end) {
    return overseer
        .check(check)
        .flatMap(it -> it.coveredUntil())
        .filter(covered -> !covered.isBefore(end))
        .isPresent();
  }

  private static boolean isDelivered(Workshop workshop) {
    try (ReadableLog<JournalEntry> journal = workshop.journal()) {
      return JournalAudit.read(journal, new Problems()).isDelivered();
    }
  }

  private Problems audit(Workshop workshop, History history, WebhookInbox inbox, Clerk clerk) {
    Problems problems = new Problems();
    Definitions definitions = workshop.configuration().definitions();
    try (ReadableLog<LogRecord> updates = workshop.updates();
        ReadableLog<JournalEntry> entries = workshop.journal()) {
      int stored = LogAudit.audit(updates, definitions, history, problems);
      JournalAudit journal = JournalAudit.read(entries, problems);
      journal.compareViolations(history.fates(), clerk);
      journal.compareReasons(clerk);
      journal.compareVerdicts(Replay.completeVerdicts(updates, definitions, journal.activations()));
      long repeated =
          DeliveryAudit.audit(journal.escalated(), inbox.posts(), plan.loss(), problems);
      progress.accept(
          "%,d changes committed in %,d transactions, %,d updates stored; %,d complete verdicts; %,d violations, %d of them acted on; %,d deliveries, %,d of them attempted again"
              .formatted(
                  history.changes(),
                  history.transactions(),
                  stored,
                  journal.completeVerdicts().size(),
                  journal.violations(),
                  clerk.kept(),
                  journal.escalated().size(),
                  repeated));
    }
    return problems;
  }
}
