package dev.overseer.examples.exchange.demo;

import dev.overseer.checks.CheckModule;
import dev.overseer.examples.exchange.ExchangeChecks;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Unavailable;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.server.Overseer;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.desk.CheckStatus;
import dev.overseer.server.desk.SourceStatus;
import dev.overseer.store.log.LogReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Overseer in this process, with the exchange's checks. Observed by one thread. */
final class WatchedExchange implements AutoCloseable {
  static final CheckModule CHECKS = new ExchangeChecks();

  private final Configuration configuration;
  private final Overseer overseer;
  private final LogReader<JournalEntry> journal;
  private final Findings findings = new Findings();

  private WatchedExchange(Configuration configuration, Overseer overseer) {
    this.configuration = configuration;
    this.overseer = overseer;
    this.journal = overseer.journal().reader(LogOffset.ZERO);
  }

  /** Starts it as {@code overseer run} would, by a file in {@code directory}. */
  static WatchedExchange start(Path directory, String configuration) {
    Path file = directory.resolve("overseer.yaml");
    try {
      Files.writeString(file, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
    Configuration read = Configuration.read(file);
    return new WatchedExchange(read, Overseer.start(read, List.of(CHECKS)));
  }

  /** Of the journal it has at least the violations of what it says is covered. */
  Observation observe() {
    Map<String, Instant> coverage = coverage();
    findings.follow(journal);
    if (!overseer.vitals().areGood()) {
      throw new Unavailable("Overseer broke down: " + troubles());
    }
    return new Observation(Instant.now(), watermarks(), coverage, findings.raised());
  }

  /** What is wrong with Overseer itself, for people; empty when nothing is. */
  String troubles() {
    return String.join("; ", overseer.desk().readiness().reasons());
  }

  /** What it has stored, to be judged again. */
  Replay replay() {
    return new Replay(overseer.updateLog(), overseer.journal(), configuration.definitions());
  }

  private Map<String, Instant> watermarks() {
    Map<String, Instant> watermarks = new TreeMap<>();
    for (SourceStatus source : overseer.desk().sources()) {
      source.watermark().ifPresent(at -> watermarks.put(source.name(), at));
    }
    return watermarks;
  }

  private Map<String, Instant> coverage() {
    Map<String, Instant> coverage = new TreeMap<>();
    for (CheckStatus check : overseer.desk().checks()) {
      coverage.put(check.name(), check.coveredUntil().orElse(Instant.EPOCH));
    }
    return coverage;
  }

  @Override
  public void close() {
    journal.close();
    overseer.close();
  }
}
