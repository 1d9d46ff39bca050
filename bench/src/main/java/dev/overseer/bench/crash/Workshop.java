package dev.overseer.bench.crash;

import dev.overseer.bench.process.ChecksJar;
import dev.overseer.bench.process.Directories;
import dev.overseer.bench.process.OverseerProcess;
import dev.overseer.model.LogRecord;
import dev.overseer.runner.journal.JournalCodec;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.UpdateLogCodec;
import dev.overseer.testkit.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;

/** The campaign's directory: configuration, checks, and what Overseer stores. */
final class Workshop {
  private static final UUID UNUSED = new UUID(0, 0);

  private final Path home;
  private final Path directory;

  private Workshop(Path home, Path directory) {
    this.home = home;
    this.directory = directory;
  }

  /**
   * @param home the source tree whose launcher is used
   * @param storage what the configuration says of it
   */
  static Workshop set(Path home, Databases databases, WebhookInbox inbox, String storage) {
    try {
      Workshop workshop = new Workshop(home, Files.createTempDirectory("overseer-crash"));
      Files.writeString(workshop.config(), configuration(databases, inbox, storage));
      Files.writeString(workshop.directory.resolve("secret"), "known to the campaign");
      Files.writeString(workshop.directory.resolve("bucket-secret"), S3Server.SECRET);
      ChecksJar.write(
          workshop.directory.resolve("checks/crash-checks.jar"),
          CrashChecks.class,
          CrashChecks.Withdrawal.class,
          CrashChecks.Entry.class,
          CrashChecks.WithdrawalBooking.class,
          CrashChecks.WithdrawalProgress.class);
      return workshop;
    } catch (IOException e) {
      throw new UncheckedIOException("The campaign's directory cannot be made", e);
    }
  }

  OverseerProcess startOverseer() {
    return OverseerProcess.start(home, config(), data(), log());
  }

  Configuration configuration() {
    return Configuration.read(config());
  }

  /** The update log as it is on disk; Overseer may be running. */
  ReadableLog<LogRecord> updates() {
    return SegmentedLog.openReadOnly(
        data().resolve("updates"), new UpdateLogCodec(), settings("updates"));
  }

  /** The journal as it is on disk; Overseer may be running. */
  ReadableLog<JournalEntry> journal() {
    return SegmentedLog.openReadOnly(
        data().resolve("journal"), new JournalCodec(), settings("journal"));
  }

  /** What Overseer printed. */
  Path log() {
    return directory.resolve("overseer.log");
  }

  /** All that Overseer has stored here, as when the machine is gone. */
  void loseDisk() {
    Directories.remove(data());
  }

  void clearAway() {
    Directories.remove(directory);
  }

  @Override
  public String toString() {
    return directory.toString();
  }

  private Path config() {
    return directory.resolve("overseer.yaml");
  }

  private Path data() {
    return directory.resolve("data");
  }

  private static LogSettings settings(String name) {
    return LogSettings.of(name, UNUSED, InstantSource.system());
  }

  private static String configuration(Databases databases, WebhookInbox inbox, String storage) {
    return """
    dataDirectory: data
    http: { port: 0 }
    canary: { every: 0s }
    checks: { directory: checks }
    storage: %s
    escalation:
      defaults: [inbox]
      webhooks:
        inbox: { url: "%s", secret: "${file:secret}" }

    sources:
      payments: { type: postgres, url: "%s", tables: [public.withdrawals] }
      ledger:   { type: postgres, url: "%s", tables: [public.entries] }

    models:
      withdrawal: { source: payments, table: public.withdrawals, key: id }
      entry:      { source: ledger, table: public.entries, key: id, references: { withdrawal: withdrawal_id } }

    views:
      withdrawal-booking:  { root: withdrawal, join: { entries: { model: entry, by: withdrawal, many: true } } }
      withdrawal-progress: { root: withdrawal }
    """
        .formatted(
            storage,
            inbox.url(),
            databases.of(Table.WITHDRAWALS).jdbcUrl(),
            databases.of(Table.ENTRIES).jdbcUrl());
  }
}
