package dev.overseer.runner.incidents;

import dev.overseer.checks.Outcome;
import dev.overseer.model.CheckName;
import dev.overseer.runner.journal.IncidentKind;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Raises an incident for a check that keeps erring: several times in a row, or most of the last
 * times; clears it when most of the last times were well and none of the latest few erred. Counts
 * since the start of the program. Belongs to the thread that records verdicts.
 */
public final class ErringChecks {
  static final int IN_A_ROW = 5;
  static final int LAST = 50;

  private final IncidentBook incidents;
  private final Map<CheckName, Recent> recent = new HashMap<>();

  public ErringChecks(IncidentBook incidents) {
    this.incidents = incidents;
  }

  /** One more judgement of the check came to this. */
  public void count(CheckName check, Outcome outcome) {
    Recent counted = recent.computeIfAbsent(check, _ -> new Recent());
    counted.add(outcome instanceof Outcome.Errored);
    if (outcome instanceof Outcome.Errored errored && counted.keepsErring()) {
      incidents.raise(
          IncidentKind.CHECK_ERRING,
          check.value(),
          "The check keeps erring, so its roots are not judged. Last error: " + errored.error());
    } else if (counted.turnsWell()) {
      incidents.clear(IncidentKind.CHECK_ERRING, check.value(), "The check judges again");
    }
  }

  /** The last judgements of one check, as a ring of bits. */
  private static final class Recent {
    private final BitSet erred = new BitSet(LAST);
    private int next;
    private int inARow;
    private int wellInARow;
    private boolean well;

    void add(boolean erring) {
      erred.set(next, erring);
      next = (next + 1) % LAST;
      well &= !erring;
      inARow = erring ? inARow + 1 : 0;
      wellInARow = erring ? 0 : wellInARow + 1;
    }

    boolean keepsErring() {
      return inARow >= IN_A_ROW || erred.cardinality() > LAST / 2;
    }

    /** True once for each time that it became well, the first since the start among them. */
    boolean turnsWell() {
      boolean before = well;
      well = wellInARow >= IN_A_ROW && erred.cardinality() <= LAST / 2;
      return well && !before;
    }
  }
}
