package dev.overseer.runner.simulation;

import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.model.ViewName;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.Map;
import java.util.TreeMap;

/** The watermarks of the sources, as the log tells them up to some offset. */
final class Heard {
  private final Definitions definitions;
  private final Map<SourceName, EffectiveTime> watermarks = new TreeMap<>();
  private LogOffset next = LogOffset.ZERO;

  Heard(Definitions definitions) {
    this.definitions = definitions;
  }

  /** Reads on, up to {@code end}. */
  void hear(ReadableLog<LogRecord> log, LogOffset end) {
    try (LogReader<LogRecord> reader = log.reader(next)) {
      while (next.compareTo(end) < 0 && reader.next()) {
        hear(reader.record());
        next = reader.offset().next();
      }
    }
  }

  /** The log is read from its beginning again; what was heard is known. */
  void again() {
    next = LogOffset.ZERO;
  }

  private void hear(LogRecord record) {
    switch (record) {
      case LogRecord.Commit commit -> hear(commit.source(), commit.effectiveTime());
      case LogRecord.Mark mark -> hear(mark.source(), mark.watermark());
      case LogRecord.Forked forked -> hear(forked.source(), forked.from());
      case LogRecord.Change _,
          LogRecord.DeadLetter _,
          LogRecord.Expired _,
          LogRecord.Horizon _,
          LogRecord.Schema _,
          LogRecord.SourceOpened _,
          LogRecord.TableReading _,
          LogRecord.TableKnown _,
          LogRecord.TableUnknown _ -> {}
    }
  }

  private void hear(SourceName source, EffectiveTime time) {
    watermarks.merge(source, time, EffectiveTime::max);
  }

  /** Nothing will be added before this to what the view shows. */
  EffectiveTime frontier(ViewName view) {
    return definitions.sourcesOf(definitions.view(view)).stream()
        .map(source -> watermarks.getOrDefault(source, EffectiveTime.MIN))
        .reduce(EffectiveTime.MAX, EffectiveTime::min);
  }
}
