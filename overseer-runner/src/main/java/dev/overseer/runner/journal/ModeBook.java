package dev.overseer.runner.journal;

import dev.overseer.model.CheckName;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.journal.JournalEntry.ModeChosen;
import dev.overseer.store.log.AppendLog;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Each check's mode, as the journal tells it: whoever chose last decides. A configuration chooses
 * when it starts to say something else than it did; until then what people chose holds. Safe for
 * many threads.
 */
public final class ModeBook implements JournalFold {
  private static final String CONFIGURED = "configured";

  private final AppendLog<JournalEntry> journal;
  private final InstantSource clock;
  private final Map<CheckName, ModeChosen> current = new ConcurrentHashMap<>();
  private final Map<CheckName, CheckMode> configured = new ConcurrentHashMap<>();

  /** Knows nothing before the journal was replayed to it. */
  public ModeBook(AppendLog<JournalEntry> journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public void apply(LogOffset offset, JournalEntry entry) {
    if (entry instanceof ModeChosen chosen) {
      apply(chosen);
    }
  }

  private void apply(ModeChosen chosen) {
    current.put(chosen.check(), chosen);
    if (chosen.by().isEmpty()) {
      configured.put(chosen.check(), chosen.mode());
    }
  }

  /** Active, where nobody ever chose. */
  public CheckMode mode(CheckName check) {
    return find(check).map(ModeChosen::mode).orElse(CheckMode.ACTIVE);
  }

  public boolean isPaused(CheckName check) {
    return mode(check) == CheckMode.PAUSED;
  }

  public boolean isTold(CheckName check) {
    return mode(check) == CheckMode.ACTIVE;
  }

  /** The last choice. */
  public Optional<ModeChosen> find(CheckName check) {
    return Optional.ofNullable(current.get(check));
  }

  /** What the configuration says of the check now. Durable on return. */
  public synchronized void configure(CheckName check, CheckMode mode) {
    if (configured.getOrDefault(check, CheckMode.ACTIVE) != mode) {
      choose(check, mode, Optional.empty(), CONFIGURED);
    }
  }

  /**
   * Somebody chooses. Durable on return, and in force from the check's next step on.
   *
   * @throws InvalidRequest when nobody is named, or no reason is given
   */
  public synchronized ModeChosen choose(CheckName check, CheckMode mode, String by, String reason) {
    if (by.isBlank() || reason.isBlank()) {
      throw new InvalidRequest("Say who you are and why: a mode is recorded with both");
    }
    return choose(check, mode, Optional.of(by), reason);
  }

  private ModeChosen choose(CheckName check, CheckMode mode, Optional<String> by, String reason) {
    ModeChosen chosen =
        new ModeChosen(check, mode, by, reason, clock.instant().truncatedTo(ChronoUnit.MICROS));
    journal.append(chosen);
    journal.sync();
    apply(chosen);
    return chosen;
  }
}
