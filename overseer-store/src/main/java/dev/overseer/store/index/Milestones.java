package dev.overseer.store.index;

import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.store.keyvalue.KeyRange;
import dev.overseer.store.log.ByteReader;
import dev.overseer.store.log.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Each source's last commit in every stretch of the log that has one. Where a source is silent for
 * long, the next milestone says so at once, so that nothing between needs to be read.
 *
 * <p>Only the last commit of a stretch that was indexed at once is written: one put, however many
 * there are.
 */
final class Milestones {
  /** What is read of the log, at most, to find a commit between two milestones. */
  static final long STRETCH_RECORDS = 1024;

  private static final byte[] PREFIX = "milestone/".getBytes(StandardCharsets.UTF_8);

  private final Map<SourceName, LogOffset> last = new HashMap<>();

  static long stretch(LogOffset offset) {
    return offset.value() / STRETCH_RECORDS;
  }

  void passed(LogRecord.Commit commit, LogOffset offset, List<IndexEntry> entries) {
    LogOffset before = last.put(commit.source(), offset);
    if (before != null && stretch(before) != stretch(offset)) {
      entries.add(new IndexEntry.OfMilestone(commit.source(), before));
    }
  }

  void drainTo(List<IndexEntry> entries) {
    last.forEach((source, offset) -> entries.add(new IndexEntry.OfMilestone(source, offset)));
    last.clear();
  }

  static byte[] key(SourceName source, long stretch) {
    return new ByteWriter(64).raw(PREFIX).text(source.value()).fixed(stretch).toBytes();
  }

  /** The source's milestones from a stretch on. */
  static KeyRange from(SourceName source, long stretch) {
    return KeyRange.between(key(source, stretch), key(source, Long.MAX_VALUE));
  }

  static byte[] value(LogOffset offset) {
    return new ByteWriter(Long.BYTES).fixed(offset.value()).toBytes();
  }

  static LogOffset read(byte[] value) {
    return new LogOffset(new ByteReader(value, 0, value.length).fixed());
  }
}
