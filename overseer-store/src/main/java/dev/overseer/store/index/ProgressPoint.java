package dev.overseer.store.index;

import dev.overseer.model.ChangeDecoder;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.store.log.ReadableLog;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How far all sources had come in the log before an offset. It is what an index knows of them, and
 * can be had long before there is an index: sources go on from it while one is being made.
 */
public record ProgressPoint(LogOffset consumed, Map<SourceName, SourceProgress> sources) {
  public static final ProgressPoint BEGINNING = new ProgressPoint(LogOffset.ZERO, Map.of());

  public ProgressPoint {
    sources = Map.copyOf(sources);
  }

  public static ProgressPoint of(IndexTarget index) {
    return new ProgressPoint(index.consumed(), index.progress());
  }

  /**
   * The same at the log's end, for which the log is read from here on. Changes are decoded, since
   * one that cannot be leaves its table unknown, and nothing is kept of them.
   *
   * @param decoders by the name of the wire format
   */
  public ProgressPoint atEnd(
      ReadableLog<LogRecord> log,
      Definitions definitions,
      Function<String, ChangeDecoder> decoders) {
    ProgressAlone progress = new ProgressAlone(this);
    try (Indexer reading =
        new Indexer(
            log, progress, definitions, decoders, (_, _, _) -> {}, Map.of(), TotalChanges.NONE)) {
      while (reading.step()) {
        // To the log's end.
      }
    }
    return progress.point;
  }

  private static final class ProgressAlone implements IndexTarget {
    private ProgressPoint point;

    ProgressAlone(ProgressPoint from) {
      this.point = from;
    }

    @Override
    public LogOffset consumed() {
      return point.consumed;
    }

    @Override
    public Map<SourceName, SourceProgress> progress() {
      return point.sources;
    }

    @Override
    public void write(List<IndexEntry> entries, List<SourceProgress> moved, LogOffset to) {
      Map<SourceName, SourceProgress> now = new TreeMap<>(point.sources);
      moved.forEach(source -> now.put(source.source(), source));
      point = new ProgressPoint(to, now);
    }
  }

  /** From when on each source is told. */
  public Map<SourceName, EffectiveTime> horizons() {
    Map<SourceName, EffectiveTime> horizons = new TreeMap<>();
    sources.forEach((source, progress) -> horizons.put(source, progress.horizon()));
    return horizons;
  }
}
