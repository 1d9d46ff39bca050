package dev.overseer.server.sources;

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
  static final Duration QUIET = Duration.ofMinutes(10);
  private static final Duration EVERY = Duration.ofMillis(500);

  private final List<Watched> sources = new CopyOnWriteArrayList<>();
  private final IncidentBook incidents;
  private final InstantSource clock;
  private final Map<SourceName, Progress> progress = new HashMap<>();
  private final Map<SourceName, String> told = new HashMap<>();
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
    if (status.phase() != Phase.DISCONNECTED) {
      clearWhatIsOver(source.name(), now);
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
      case SourceTrouble.Jump _ -> IncidentKind.CLOCK_JUMP;
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
    return kind == IncidentKind.SOURCE_REFUSED || !now.isBefore(at.plus(QUIET));
  }
}
