package dev.overseer.server.reading;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far a source had come.
 *
 * @param watermark empty when it was never heard, or that was too long ago to be looked up
 */
record Heard(Optional<EffectiveTime> watermark, Optional<SourcePosition> position) {
  static final Heard NEVER = new Heard(Optional.empty(), Optional.empty());

  /**
   * An idle source is marked many times a second: what is not found within this was long silent.
   */
  private static final long LOOKED_MAX = 1 << 17;

  private static final long LOOKED_FIRST = 1 << 10;

  static Heard of(SourceProgress progress) {
    return new Heard(
        Optional.of(progress.watermark()).filter(time -> time.isAfter(EffectiveTime.MIN)),
        progress.resume());
  }

  /** How far the sources had come in the log before {@code offset}, which is looked up there. */
  static Map<SourceName, Heard> before(
      LogOffset offset, Set<SourceName> sources, ReadableLog<LogRecord> log) {
    return between(LogOffset.ZERO, offset, sources, log);
  }

  /** The same, of what the log says from {@code begin} on. */
  static Map<SourceName, Heard> between(
      LogOffset begin, LogOffset end, Set<SourceName> sources, ReadableLog<LogRecord> log) {
    Map<SourceName, Heard> heard = new HashMap<>();
    long to = end.value();
    long looked = LOOKED_FIRST;
    while (to > begin.value()
        && end.value() - to < LOOKED_MAX
        && !heard.keySet().containsAll(sources)) {
      long from = Math.max(begin.value(), to - looked);
      between(from, to, log).forEach(heard::putIfAbsent);
      to = from;
      looked *= 2;
    }
    return heard;
  }

  private static Map<SourceName, Heard> between(long from, long to, ReadableLog<LogRecord> log) {
    Map<SourceName, Heard> last = new HashMap<>();
    try (LogReader<LogRecord> reader = log.reader(new LogOffset(from))) {
      while (reader.next() && reader.offset().value() < to) {
        switch (reader.record()) {
          case LogRecord.Commit commit ->
              last.put(commit.source(), heard(commit.effectiveTime(), commit.end()));
          case LogRecord.Mark mark ->
              last.put(mark.source(), heard(mark.watermark(), mark.position()));
          case LogRecord.SourceOpened _,
              LogRecord.Forked _,
              LogRecord.Schema _,
              LogRecord.Change _,
              LogRecord.DeadLetter _,
              LogRecord.Expired _,
              LogRecord.Horizon _,
              LogRecord.TableReading _,
              LogRecord.TableKnown _,
              LogRecord.TableUnknown _ -> {}
        }
      }
    }
    return last;
  }

  private static Heard heard(EffectiveTime watermark, SourcePosition position) {
    return new Heard(Optional.of(watermark), Optional.of(position));
  }

  boolean isBeyond(EffectiveTime cut) {
    return watermark.filter(time -> time.isAfter(cut)).isPresent();
  }
}
