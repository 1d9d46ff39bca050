package dev.overseer.ingestion;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import java.util.ArrayList;
import java.util.List;

/** Says in the log, and to people, from when on tables are not known any more. */
final class Forgetting {
  private final SourceName source;
  private final SourceKnowledge knowledge;
  private final EffectiveClock clock;
  private final RowPlacing rows;
  private final TroubleReports troubles;
  private final Counters counters;

  Forgetting(
      SourceName source,
      SourceKnowledge knowledge,
      EffectiveClock clock,
      RowPlacing rows,
      TroubleReports troubles,
      Counters counters) {
    this.source = source;
    this.knowledge = knowledge;
    this.clock = clock;
    this.rows = rows;
    this.troubles = troubles;
    this.counters = counters;
  }

  /** All that was known does not go on. */
  void gap(String reason) {
    troubles.raise(new SourceTrouble.Gap(source, lastWholeTime(), reason));
    all(reason);
  }

  /** Nor does the source's own log. */
  void logLost(String reason) {
    troubles.raise(new SourceTrouble.LogLost(source, lastWholeTime(), reason));
    all(reason);
  }

  private void all(String reason) {
    counters.gaps++;
    List.copyOf(knowledge.known()).forEach(table -> rows.forget(table, lastWholeTime(), reason));
  }

  /** Some of one table's changes were missed. */
  void missed(TableName table, String reason) {
    if (isOurs(table)) {
      troubles.raise(new SourceTrouble.Gap(source, lastWholeTime(), table + ": " + reason));
    }
    forget(table, reason);
  }

  /** Does nothing where it is not known, and not on its way to be. */
  void forget(TableName table, String reason) {
    if (isOurs(table)) {
      rows.forget(table, lastWholeTime(), reason);
    }
  }

  /** Tables that are not wanted any more. */
  void forgetAllBut(List<TableName> wanted, String reason) {
    List<TableName> ours = new ArrayList<>(knowledge.known());
    ours.addAll(knowledge.reading().keySet());
    ours.removeAll(wanted);
    ours.forEach(table -> forget(table, reason));
  }

  private boolean isOurs(TableName table) {
    return knowledge.known().contains(table) || knowledge.reading().containsKey(table);
  }

  /** More could have come with the very time of the watermark. */
  private EffectiveTime lastWholeTime() {
    return clock.watermark().previous();
  }
}
