package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the blocks of a log; a record is decoded when it is asked for. The first block is
 * kept for others: who looks for something begins often, and near where he began before.
 */
final class SegmentedReader<R> implements LogReader<R> {
  private final StoredSegments stored;
  private final RecordCodec<R> codec;
  private long next;
  private @Nullable Block block;
  private @Nullable R record;

  SegmentedReader(StoredSegments stored, RecordCodec<R> codec, LogOffset from) {
    this.stored = stored;
    this.codec = codec;
    this.next = from.value();
  }

  @Override
  public boolean next() {
    record = null;
    while (next < stored.end()) {
      if (block == null) {
        block = stored.block(new LogOffset(next));
      } else if (next >= block.end()) {
        block = stored.blockInPassing(next);
      }
      next++;
      if (!block.isBlank(next - 1)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public R record() {
    R decoded = record;
    if (decoded == null) {
      decoded = current().record(next - 1, codec);
      record = decoded;
    }
    return decoded;
  }

  @Override
  public LogOffset offset() {
    current();
    return new LogOffset(next - 1);
  }

  private Block current() {
    if (block == null) {
      throw new IllegalStateException("The reader is at no record yet");
    }
    return block;
  }

  @Override
  public void close() {
    block = null;
  }
}
