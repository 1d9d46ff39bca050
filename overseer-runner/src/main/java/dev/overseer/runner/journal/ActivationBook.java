package dev.overseer.runner.journal;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.store.log.AppendLog;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * From when on each check's current definition applies. A definition is activated once; going back
 * to an earlier one activates it anew. It never applies to times that an earlier definition of the
 * check has judged: so of two verdicts on a root, that of the later cut is the newer definition's.
 * Safe for many threads.
 */
public final class ActivationBook implements JournalFold {
  private final AppendLog<JournalEntry> journal;
  private final InstantSource clock;
  private final Map<CheckName, JournalEntry.Activated> current = new HashMap<>();
  private final JudgedCuts judged = new JudgedCuts();

  /** Knows nothing before the journal was replayed to it. */
  public ActivationBook(AppendLog<JournalEntry> journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public synchronized void apply(LogOffset offset, JournalEntry entry) {
    judged.apply(entry);
    if (entry instanceof JournalEntry.Activated activated) {
      current.put(activated.check(), activated);
    }
  }

  /** The activation of the check's last definition. */
  public synchronized Optional<JournalEntry.Activated> find(CheckName check) {
    return Optional.ofNullable(current.get(check));
  }

  /**
   * The activation of this definition, which is recorded, with {@code from}, where the check's last
   * one is another: later, where an earlier definition was judged for later cuts. Durable on
   * return.
   *
   * @param from of triggers that a new activation applies to; ignored where it is activated already
   * @param description the definition for people
   */
  public synchronized JournalEntry.Activated activate(
      CheckName check, DefinitionHash definition, EffectiveTime from, String description) {
    JournalEntry.Activated last = current.get(check);
    if (last != null && last.definition().equals(definition)) {
      return last;
    }
    JournalEntry.Activated activated =
        new JournalEntry.Activated(
            check,
            definition,
            from.max(judged.unjudgedFrom(check)),
            description,
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    journal.append(activated);
    journal.sync();
    current.put(check, activated);
    return activated;
  }
}
