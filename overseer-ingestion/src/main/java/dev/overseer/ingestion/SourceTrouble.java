package dev.overseer.ingestion;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Something about a source that a person should hear of. Raised as it happens, the counted kinds at
 * most every ten seconds; what makes an incident of it is the receiver's to decide.
 */
public sealed interface SourceTrouble {

  SourceName source();

  /** What happened, in one sentence. */
  String description();

  /** The source refuses to be tailed, and the description says what to do about it. */
  record Refused(SourceName source, String description) implements SourceTrouble {}

  /** Something was missed for sure, or may have been: what it concerns is read anew. */
  record Gap(SourceName source, EffectiveTime after, String reason) implements SourceTrouble {
    @Override
    public String description() {
      return "Source '%s' is not known after %s, and is read anew: %s"
          .formatted(source, after, reason);
    }
  }

  /** The source's log is not there any more from where we were: all is read anew. */
  record LogLost(SourceName source, EffectiveTime after, String reason) implements SourceTrouble {
    @Override
    public String description() {
      return "The log of source '%s' is lost after %s, and its tables are read anew: %s"
          .formatted(source, after, reason);
    }
  }

  /** A standby was promoted that never had some of what is in our log. */
  record Disowned(SourceName source, long count, EffectiveTime from) implements SourceTrouble {
    @Override
    public String description() {
      return ("A standby took over source '%s' without the last %d transactions of the server"
              + " before it: they count no more from %s on")
          .formatted(source, count, from);
    }
  }

  /**
   * Changes of some tables do not come, or not all of them.
   *
   * @param tables why, and what to do about it
   */
  record Blind(SourceName source, Map<TableName, String> tables) implements SourceTrouble {
    public Blind {
      tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    @Override
    public String description() {
      return tables.entrySet().stream()
          .map(table -> "%s: %s".formatted(table.getKey(), table.getValue()))
          .collect(
              Collectors.joining(
                  "; ", "Tables of source '%s' are not seen: ".formatted(source), ""));
    }
  }

  /** Times far ahead were not believed. */
  record Jump(SourceName source, long count) implements SourceTrouble {
    @Override
    public String description() {
      return ("%d times of source '%s' were implausibly far ahead and were not believed: check its"
              + " clock and ours")
          .formatted(count, source);
    }
  }

  /** Its clock was set back. */
  record SetBack(SourceName source) implements SourceTrouble {
    @Override
    public String description() {
      return ("The clock of source '%s' shows less than it did before. What it commits takes effect"
              + " at the latest time that it had, and its checks wait, until its clock has come by"
              + " there again: see why it was set back")
          .formatted(source);
    }
  }

  /** Transactions came in below a mark, and were held to it. */
  record Clamped(SourceName source, long count) implements SourceTrouble {
    @Override
    public String description() {
      return ("%d transactions of source '%s' came later than the commit slack allows for, and take"
              + " effect later than they were committed: raise commitSlack, or check its clock")
          .formatted(count, source);
    }
  }

  /** Changes could not be read, and are kept as dead letters. */
  record Unreadable(SourceName source, long count, String reason) implements SourceTrouble {
    @Override
    public String description() {
      return "%d changes of source '%s' could not be read; the last: %s"
          .formatted(count, source, reason);
    }
  }
}
