package dev.overseer.store.log;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * An {@link AppendLog} for tests and simulations, and for the little that is decided while no disk
 * takes it. It keeps the records themselves, never waits, and lives as long as the object: after
 * {@link #close} it goes on from what was durable.
 */
public final class MemoryLog<R> implements AppendLog<R> {
  private final UUID identity;
  private final List<R> records;
  private int durable;

  public MemoryLog(UUID identity) {
    this(identity, new ArrayList<>());
  }

  private MemoryLog(UUID identity, List<R> records) {
    this.identity = identity;
    this.records = records;
    this.durable = records.size();
  }

  /** The log as a new process would find it, had this one been killed now: what was synced. */
  public synchronized MemoryLog<R> afterCrash() {
    return new MemoryLog<>(identity, new ArrayList<>(records.subList(0, durable)));
  }

  @Override
  public UUID identity() {
    return identity;
  }

  @Override
  public synchronized LogOffset append(R record) {
    records.add(record);
    return new LogOffset(records.size() - 1L);
  }

  @Override
  public synchronized LogOffset appendTogether(List<R> group) {
    LogOffset first = appended();
    records.addAll(group);
    return first;
  }

  @Override
  public synchronized LogOffset sync() {
    durable = records.size();
    return end();
  }

  @Override
  public synchronized LogOffset end() {
    return new LogOffset(durable);
  }

  @Override
  public synchronized LogOffset appended() {
    return new LogOffset(records.size());
  }

  @Override
  public synchronized R get(LogOffset offset) {
    if (offset.value() >= durable) {
      throw new InvalidRequest(
          "The log ends at %d and has no durable record at %s".formatted(durable, offset));
    }
    return records.get((int) offset.value());
  }

  /** Memory stands for all that is safe. */
  @Override
  public LogOffset safe() {
    return end();
  }

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public LogReader<R> reader(LogOffset from) {
    return new MemoryReader(from);
  }

  @Override
  public synchronized void close() {
    records.subList(durable, records.size()).clear();
  }

  private final class MemoryReader implements LogReader<R> {
    private final LogOffset from;
    private LogOffset next;

    MemoryReader(LogOffset from) {
      this.from = from;
      this.next = from;
    }

    @Override
    public boolean next() {
      if (next.compareTo(end()) >= 0) {
        return false;
      }
      next = next.next();
      return true;
    }

    @Override
    public R record() {
      return get(offset());
    }

    @Override
    public LogOffset offset() {
      if (next.equals(from)) {
        throw new IllegalStateException("The reader is at no record yet");
      }
      return new LogOffset(next.value() - 1);
    }

    @Override
    public void close() {}
  }
}
