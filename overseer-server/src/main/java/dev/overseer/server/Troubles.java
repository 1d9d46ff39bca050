package dev.overseer.server;

import dev.overseer.model.CheckName;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Unavailable;
import dev.overseer.runner.escalation.DeliveryWatch;
import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.server.configuration.SourceSettings;
import dev.overseer.store.archive.ArchiveWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes incidents of what stages meet besides the sources themselves. */
final class Troubles implements DeliveryWatch, ArchiveWatch {
  private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

  private final IncidentBook incidents;

  Troubles(IncidentBook incidents) {
    this.incidents = incidents;
  }

  /** A change of the log that no record's state can be derived from. */
  void unreadable(LogRecord change, LogOffset offset, String reason) {
    incidents.raise(
        IncidentKind.DEAD_LETTERS,
        change.source().value(),
        "Changes of source '%s' cannot be read, and records that they concern cannot be told: %s"
            .formatted(change.source(), reason));
  }

  /** What the index holds is not believed, and it is made anew. */
  void indexDamaged(Path index, String reason) {
    LOG.warn("The index is not to be trusted, and is made anew from the update log: {}", reason);
    incidents.raise(IncidentKind.UNDECODABLE, index.toString(), indexText(reason));
  }

  static String indexText(String reason) {
    return "The index is made anew from the update log, and nothing is judged until it has caught"
        + " up: what there was cannot be trusted (%s). Nothing is lost, but look after the disk"
            .formatted(reason);
  }

  void indexWhole(Path index) {
    incidents.clear(IncidentKind.UNDECODABLE, index.toString(), "The index is whole again");
  }

  @Override
  public void archiveRefused(String log, Unavailable cause) {
    LOG.warn("The archive does not take the log '{}': {}", log, cause.getMessage());
    incidents.raise(
        IncidentKind.ARCHIVE_REFUSED,
        log,
        ("The archive does not take what is stored, so only this machine has it; it is tried again"
                + " for ever. Log '%s': %s")
            .formatted(log, cause.getMessage()));
  }

  @Override
  public void archiveTakes(String log) {
    incidents.clear(IncidentKind.ARCHIVE_REFUSED, log, "The archive takes it again");
  }

  @Override
  public void taken(String channel) {
    incidents.clear(IncidentKind.UNDELIVERED, channel, "It takes notices again");
  }

  @Override
  public void givenUp(String channel, String error) {
    incidents.raise(
        IncidentKind.UNDELIVERED,
        channel,
        "Notices to channel '%s' were given up: %s".formatted(channel, error));
  }

  /** What befell sources and checks that are not configured any more will never be cleared. */
  void retireAllBut(List<SourceSettings> sources, Set<CheckName> checks) {
    incidents.retire(
        incident -> !isConfigured(incident, sources, checks), "it is not configured any more");
  }

  private static boolean isConfigured(
      Incident incident, List<SourceSettings> sources, Set<CheckName> checks) {
    return switch (incident.kind()) {
      case SOURCE_STALE,
          SOURCE_BEHIND,
          SOURCE_REFUSED,
          SLOT_LOST,
          TABLES_UNSEEN,
          LOG_RETAINED,
          CLOCK_JUMP,
          CLOCK_BACK,
          CLAMPED_COMMITS,
          GAP,
          DEAD_LETTERS ->
          sources.stream().anyMatch(source -> source.name().value().equals(incident.subject()));
      case CHECK_ERRING, CHECK_SUSPENDED, CHECK_MISFIT, STORM, CANARY_SILENT ->
          checks.contains(new CheckName(incident.subject()));
      case DISK_FULL,
          DISK_READ_ONLY,
          DISK_DENIED,
          DISK_FAILING,
          OWN_CLOCK_BACK,
          ARCHIVE_REFUSED,
          UNDECODABLE,
          UNDELIVERED ->
          true;
    };
  }
}
