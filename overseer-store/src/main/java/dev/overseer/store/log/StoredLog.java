package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import java.util.UUID;

/** A log on disk as it was when it was opened, for reading only. */
final class StoredLog<R> implements ReadableLog<R> {
  private final StoredSegments stored;
  private final RecordCodec<R> codec;

  StoredLog(StoredSegments stored, RecordCodec<R> codec) {
    this.stored = stored;
    this.codec = codec;
  }

  @Override
  public UUID identity() {
    return stored.identity();
  }

  @Override
  public LogOffset end() {
    return new LogOffset(stored.end());
  }

  @Override
  public LogReader<R> reader(LogOffset from) {
    return new SegmentedReader<>(stored, codec, from);
  }

  @Override
  public R get(LogOffset offset) {
    return stored.block(offset).record(offset.value(), codec);
  }

  @Override
  public void close() {
    stored.close();
  }
}
