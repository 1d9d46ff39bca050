package dev.overseer.server;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Unavailable;
import dev.overseer.runner.escalation.Deliverer;
import dev.overseer.runner.escalation.Escalations;
import dev.overseer.runner.escalation.Outbox;
import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.IncidentId;
import dev.overseer.runner.journal.JournalCodec;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.IncidentTransitioned;
import dev.overseer.runner.journal.JournalReplay;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.http.HttpServer;
import dev.overseer.server.loading.LoadedChecks;
import dev.overseer.server.metrics.IntakeMetrics;
import dev.overseer.server.metrics.Metrics;
import dev.overseer.server.stages.StageThread;
import dev.overseer.server.stages.Vitals;
import dev.overseer.server.storage.DiskTrouble;
import dev.overseer.server.storage.Disks;
import dev.overseer.store.log.AppendLog;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.RemoteSegments;
import dev.overseer.store.log.SegmentedLog;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time between two lives of the server, while storage refuses: whoever asks is told why, and
 * whoever is to hear of incidents hears of this one, though no journal takes it. What is decided is
 * kept in memory, goes on from what the journal says, and is put into the journal by the next life;
 * so a notice has the same idempotency key whether it is sent before that or after.
 */
final class Interim {
  private static final Logger LOG = LoggerFactory.getLogger(Interim.class);
  private static final InstantSource CLOCK = InstantSource.system();

  private final Configuration configuration;
  private final DataDirectory directory;
  private final Disks disks;
  private final MemoryLog<JournalEntry> aside = new MemoryLog<>(UUID.randomUUID());
  private final IncidentBook incidents;
  private volatile DiskTrouble trouble;

  Interim(Configuration configuration, LoadedChecks checks, DiskTrouble trouble) {
    this.configuration = configuration;
    this.directory = new DataDirectory(configuration.dataDirectory());
    this.disks = disks(configuration);
    this.incidents =
        new IncidentBook(
            aside,
            new Escalations(
                configuration.escalation().webhooks().keySet(),
                configuration.escalation().defaults(),
                checks.definitions()),
            CLOCK);
    this.trouble = trouble;
    readJournal();
    raise();
  }

  static Disks disks(Configuration configuration) {
    return new Disks(
        new DataDirectory(configuration.dataDirectory()).rooms(),
        configuration.storage().minFree().bytes());
  }

  private void readJournal() {
    try (Resources resources = new Resources()) {
      Optional<LogArchives> archives = LogArchives.of(configuration.storage());
      archives.ifPresent(resources::keep);
      LogSettings settings =
          LogSettings.of("journal", UUID.randomUUID(), CLOCK)
              .withRemote(archives.map(them -> them.remote("journal")).orElse(RemoteSegments.NONE));
      ReadableLog<JournalEntry> journal =
          resources.keep(
              SegmentedLog.openReadOnly(directory.journal(), new JournalCodec(), settings));
      JournalReplay.replay(journal, List.of(incidents));
    } catch (Unavailable | InvalidRequest | CorruptStore e) {
      LOG.warn("The journal cannot be read meanwhile: {}", e.getMessage());
    }
  }

  private void raise() {
    LOG.error("Storage refuses, and the server waits: {}", trouble.text());
    incidents.raise(trouble.kind(), trouble.directory().toString(), trouble.text());
  }

  /** Storage refused again, or for another reason. */
  void refused(DiskTrouble found) {
    if (!found.isAs(trouble)) {
      incidents.clear(trouble.kind(), trouble.directory().toString(), "It is another trouble now");
      trouble = found;
      raise();
    }
  }

  /** Whether it is worth a try to begin anew. */
  boolean isOver() {
    Optional<DiskTrouble> found = disks.troubleAfterRefusal();
    found.ifPresent(this::refused);
    return found.isEmpty();
  }

  /** Answers and tells until it is closed. Whatever of it is not possible is left out. */
  Resources attend() {
    Resources resources = new Resources();
    attempt("Nobody is told meanwhile", () -> tell(resources));
    attempt("Nobody is answered meanwhile", () -> answer(resources));
    return resources;
  }

  private static void attempt(String otherwise, Runnable step) {
    try {
      step.run();
    } catch (InvalidRequest | Unavailable e) {
      LOG.warn("{}: {}", otherwise, e.getMessage());
    }
  }

  private void tell(Resources resources) {
    Channels channels = resources.keep(new Channels(configuration.escalation(), CLOCK));
    Deliverer deliverer =
        resources.keep(
            new Deliverer(aside, new Outbox(), channels.all(), CLOCK, new Troubles(incidents)));
    resources.keep(StageThread.start("tell meanwhile", deliverer, new Vitals()));
  }

  private void answer(Resources resources) {
    Metrics metrics = resources.keep(new Metrics());
    IntakeMetrics.register(metrics, disks::freeBytes, disks.minFreeBytes(), () -> true);
    HttpServer http =
        resources.keep(
            HttpServer.start(
                configuration.http(),
                new InterimDesk(directory, () -> trouble, this::incident),
                () -> true,
                metrics::scrape));
    attempt(
        "The command line does not find it meanwhile",
        () -> resources.keep(Announcement.of(http, configuration)));
  }

  private Optional<Incident> incident() {
    return incidents.find(IncidentId.of(trouble.kind(), trouble.directory().toString()));
  }

  /**
   * Puts what was decided meanwhile on record, unless the journal, which could not be read then,
   * says something else.
   *
   * @param recorded as the journal tells it; it has to be replayed what is appended
   */
  void carryInto(AppendLog<JournalEntry> journal, IncidentBook recorded) {
    List<JournalEntry> decided = decided();
    if (decided.stream().allMatch(entry -> continues(entry, recorded))) {
      journal.appendTogether(decided);
      journal.sync();
    } else {
      recorded.raise(trouble.kind(), trouble.directory().toString(), trouble.text());
    }
  }

  private List<JournalEntry> decided() {
    List<JournalEntry> decided = new ArrayList<>();
    try (LogReader<JournalEntry> reader = aside.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        decided.add(reader.record());
      }
    }
    return decided;
  }

  private static boolean continues(JournalEntry entry, IncidentBook recorded) {
    return !(entry instanceof IncidentTransitioned moved)
        || moved.move().sequence()
            > recorded.find(moved.incident()).map(Incident::sequence).orElse(0L);
  }
}
