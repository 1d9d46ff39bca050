package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.store.log.VisibleRecord.Placed;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/** The changes of a transaction too large for memory: each is read from the log when asked for. */
final class StoredChanges extends AbstractList<Placed> implements RandomAccess {
  private final ReadableLog<LogRecord> log;
  private long[] offsets = new long[1024];
  private int size;

  StoredChanges(ReadableLog<LogRecord> log) {
    this.log = log;
  }

  void add(LogOffset offset) {
    if (size == offsets.length) {
      offsets = Arrays.copyOf(offsets, size * 2);
    }
    offsets[size++] = offset.value();
  }

  @Override
  public Placed get(int index) {
    LogOffset offset = new LogOffset(offsets[index]);
    return new Placed(offset, log.get(offset));
  }

  @Override
  public int size() {
    return size;
  }
}
