package dev.overseer.server.sources;

import dev.overseer.ingestion.ReadingProgress;
import dev.overseer.ingestion.SourceStatus;
import dev.overseer.ingestion.SourceStatus.Phase;
import dev.overseer.ingestion.SourceTrouble;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.SourceName;
import dev.overseer.model.Stage;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.IncidentKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes incidents of what troubles sources. A source is stale when its watermark has not moved for
 * as long as configured: then its checks wait, and people should know. What happens once, as a gap,
 * is over when the source is tailed again; what is counted, as clamped commits, is over after a
 * while without more.
 */
public final class SourceIncidents implements Stage {
  private static final Logger LOG = LoggerFactory.getLogger(SourceIncidents.class);
  private static final int STALE_TO_BEHIND = 10;
  static final Duration QUIET = Duration.ofMinutes(10);

  /** What is told at every look is over when some looks did not tell it. */
  private static final Duration NOT_REPEATED = Duration.ofSeconds(20);

  private static final Duration EVERY = Duration.ofMillis(500);
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

  private final List<Watched> sources = new CopyOnWriteArrayList<>();
  private final IncidentBook incidents;
  private final InstantSource clock;
  private final Map<SourceName, Progress> progress = new HashMap<>();
  private final Map<SourceName, String> told = new HashMap<>();
  private final Map<SourceName, Instant> progressDue = new HashMap<>();
  private final Set<SourceName> stale = ConcurrentHashMap.newKeySet();
  private final Map<Raised, Instant> raised = new ConcurrentHashMap<>();
  private Instant due = Instant.MIN;

  private record Progress(EffectiveTime watermark, Instant at) {}

  private record Raised(IncidentKind kind, SourceName source) {}

  /** What is watched of a source. */
  public interface Watched {
    SourceName name();

    SourceStatus status();

    /** Without progress of its watermark for so long, it is stale. */
    Duration staleAfter();

    /** When it keeps more of its log for us, people should know. */
    long retainedWarningBytes();
  }

  public SourceIncidents(IncidentBook incidents, InstantSource clock) {
    this.incidents = incidents;
    this.clock = clock;
  }

  public void watch(Watched source) {
    sources.add(source);
  }

  public boolean isStale(SourceName source) {
    return stale.contains(source);
  }

  @Override
  public boolean step() {
    Instant now = clock.instant();
    if (now.isBefore(due)) {
      return false;
    }
    due = now.plus(EVERY);
    sources.forEach(source -> look(source, now));
    return true;
  }

  private void look(Watched source, Instant now) {
    SourceStatus status = source.status();
    String words = inWords(status);
    if (!words.equals(told.put(source.name(), words))) {
      LOG.info("Source {} is {}", source.name(), words);
    }
    Progress last = progress.get(source.name());
    if (last == null || status.watermark().isAfter(last.watermark())) {
      progress.put(source.name(), new Progress(status.watermark(), now));
      stale.remove(source.name());
      incidents.clear(IncidentKind.SOURCE_STALE, source.name().value(), "It is heard of again");
    } else if (!now.isBefore(last.at().plus(source.staleAfter()))) {
      stale.add(source.name());
      incidents.raise(IncidentKind.SOURCE_STALE, source.name().value(), whyStale(source, status));
    }
    status.reading().ifPresent(reading -> tell(source.name(), reading, now));
    lookAtDelay(source, status.watermark(), now);
    lookAtRetained(source, status.retainedBytes().orElse(0));
    if (status.phase() != Phase.DISCONNECTED) {
      clearWhatIsOver(source.name(), now);
    }
  }

  private void tell(SourceName source, ReadingProgress reading, Instant now) {
    if (!now.isBefore(progressDue.getOrDefault(source, Instant.MIN))) {
      progressDue.put(source, now.plus(PROGRESS_EVERY));
      LOG.info("Source {}: {}", source, ProgressText.of(reading));
    }
  }

  /** A source that moves and stays far behind is not stale, and yet tells nothing of today. */
  private void lookAtDelay(Watched source, EffectiveTime watermark, Instant now) {
    String name = source.name().value();
    Duration limit = source.staleAfter().multipliedBy(STALE_TO_BEHIND);
    if (watermark.equals(EffectiveTime.MIN) || stale.contains(source.name())) {
      return;
    }
    if (watermark.isBefore(EffectiveTime.of(now.minus(limit)))) {
      incidents.raise(
          IncidentKind.SOURCE_BEHIND,
          name,
          "Source '%s' is more than %d min behind, so its checks wait: see whether its server sends more slowly than it writes, or a long transaction holds it up"
              .formatted(name, limit.toMinutes()));
    } else {
      incidents.clear(IncidentKind.SOURCE_BEHIND, name, "It has caught up");
    }
  }

  private void lookAtRetained(Watched source, long bytes) {
    String name = source.name().value();
    long warning = source.retainedWarningBytes();
    if (bytes > warning) {
      incidents.raise(
          IncidentKind.LOG_RETAINED,
          name,
          "Source '%s' keeps more than %d MB of its log for us: see why its slot does not advance, before its disk is full"
              .formatted(name, warning >> 20));
    } else if (bytes < warning / 2) {
      incidents.clear(IncidentKind.LOG_RETAINED, name, "It keeps less than half of that");
    }
  }

  private static String inWords(SourceStatus status) {
    return switch (status.phase()) {
      case DISCONNECTED ->
          "not connected"
              + status.lastFailure().map(it -> ": " + it).orElse("")
              + status.retryAt().map(it -> "; the next attempt is at " + it).orElse("");
      case SNAPSHOTTING -> "tailed, and its existing rows are being read";
      case TAILING -> "tailed";
    };
  }

  private static String whyStale(Watched source, SourceStatus status) {
    String why =
        status
            .lastFailure()
            .orElse(
                switch (status.phase()) {
                  case DISCONNECTED -> "it is not connected";
                  case SNAPSHOTTING, TAILING -> "it sends nothing, and its clock does not move";
                });
    return "Source '%s' was not heard of for more than %d s, so its checks wait: %s"
        .formatted(source.name(), source.staleAfter().toSeconds(), why);
  }

  /** Takes a trouble from the ingestion's thread. */
  public void raise(SourceTrouble trouble) {
    IncidentKind kind = kind(trouble);
    raised.put(new Raised(kind, trouble.source()), clock.instant());
    incidents.raise(kind, trouble.source().value(), trouble.description());
  }

  private static IncidentKind kind(SourceTrouble trouble) {
    return switch (trouble) {
      case SourceTrouble.Refused _ -> IncidentKind.SOURCE_REFUSED;
      case SourceTrouble.Gap _, SourceTrouble.Disowned _ -> IncidentKind.GAP;
      case SourceTrouble.LogLost _ -> IncidentKind.SLOT_LOST;
      case SourceTrouble.Blind _ -> IncidentKind.TABLES_UNSEEN;
      case SourceTrouble.Jump _ -> IncidentKind.CLOCK_JUMP;
      case SourceTrouble.SetBack _ -> IncidentKind.CLOCK_BACK;
      case SourceTrouble.Clamped _ -> IncidentKind.CLAMPED_COMMITS;
      case SourceTrouble.Unreadable _ -> IncidentKind.DEAD_LETTERS;
    };
  }

  private void clearWhatIsOver(SourceName source, Instant now) {
    raised.forEach(
        (what, at) -> {
          if (what.source().equals(source) && isOver(what.kind(), at, now)) {
            raised.remove(what, at);
            incidents.clear(what.kind(), source.value(), "It is tailed, and this came no more");
          }
        });
  }

  private static boolean isOver(IncidentKind kind, Instant at, Instant now) {
    return switch (kind) {
      case SOURCE_REFUSED -> true;
      case TABLES_UNSEEN, CLOCK_BACK -> !now.isBefore(at.plus(NOT_REPEATED));
      case SOURCE_STALE,
          SOURCE_BEHIND,
          SLOT_LOST,
          LOG_RETAINED,
          CLOCK_JUMP,
          CLAMPED_COMMITS,
          GAP,
          DEAD_LETTERS,
          CHECK_MISFIT,
          CHECK_ERRING,
          CHECK_SUSPENDED,
          STORM,
          DISK_FULL,
          DISK_READ_ONLY,
          DISK_DENIED,
          DISK_FAILING,
          OWN_CLOCK_BACK,
          ARCHIVE_REFUSED,
          UNDECODABLE,
          UNDELIVERED,
          CANARY_SILENT ->
          !now.isBefore(at.plus(QUIET));
    };
  }
}
