package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.store.disk.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first segments of a log, as many of them as the archive alone has the bytes of: a file with a
 * short entry for each. Entries are looked up in the file, so that a log takes no more memory the
 * longer it is. Written by one process, read by any, and safe for many threads.
 */
public final class EvictedSegments implements AutoCloseable {
  private static final String FILE = "evicted";
  private static final int ENTRY_LENGTH = 32;
  private static final int CRC_AT = 28;
  private static final int ENTRIES_AT_ONCE = 2048;

  private final Path directory;
  private final Path file;
  private final RemoteSegments remote;
  private @Nullable RandomAccessFile access;

  /**
   * @param directory the log's, which may be empty or missing
   * @param remote where the bytes are
   */
  public EvictedSegments(Path directory, RemoteSegments remote) {
    this.directory = directory;
    this.file = directory.resolve(FILE);
    this.remote = remote;
  }

  /** How many there are. What a crash kept from being written counts for nothing. */
  public synchronized long count() {
    long count = length() / ENTRY_LENGTH;
    while (count > 0 && !isSound(read(count - 1))) {
      count--;
    }
    return count;
  }

  private long length() {
    if (access == null && !Files.exists(file)) {
      return 0;
    }
    try {
      return access().length();
    } catch (IOException e) {
      throw Disk.refused(file, "read", e);
    }
  }

  /** The offset after the last record of the last one: where what is on the disk begins. */
  public LogOffset end() {
    return last().map(SealedSegment::end).orElse(LogOffset.ZERO);
  }

  public synchronized Optional<SealedSegment> last() {
    long count = count();
    return count == 0 ? Optional.empty() : Optional.of(get(count - 1));
  }

  /** The one that holds this record, which must be before {@link #end()}. */
  synchronized SealedSegment holding(long offset) {
    return get(indexOf(offset));
  }

  private long indexOf(long offset) {
    long low = 0;
    long high = count() - 1;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (get(middle).first().value() <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Tells all of them, in order. */
  public void forEach(Consumer<SealedSegment> consumer) {
    long count = count();
    for (long i = 0; i < count; i++) {
      consumer.accept(get(i));
    }
  }

  private synchronized SealedSegment get(long index) {
    byte[] bytes = read(index);
    if (!isSound(bytes)) {
      throw new CorruptStore(
          "The file %s is damaged at position %d: delete it, and start with the archive at hand"
              .formatted(file, index * ENTRY_LENGTH));
    }
    ByteBuffer entry = ByteBuffer.wrap(bytes);
    long first = entry.getLong();
    return new SealedSegment(
        SegmentNames.of(directory, first),
        new LogOffset(first),
        new LogOffset(entry.getLong()),
        entry.getLong(),
        entry.getInt());
  }

  private byte[] read(long index) {
    return Disk.read(file, access(), index * ENTRY_LENGTH, ENTRY_LENGTH);
  }

  private static boolean isSound(byte[] entry) {
    return entry.length == ENTRY_LENGTH && crc(entry) == ByteBuffer.wrap(entry).getInt(CRC_AT);
  }

  private static int crc(byte[] entry) {
    CRC32C crc = new CRC32C();
    crc.update(entry, 0, CRC_AT);
    return (int) crc.getValue();
  }

  private static byte[] toBytes(SealedSegment segment) {
    ByteBuffer entry = ByteBuffer.allocate(ENTRY_LENGTH);
    entry.putLong(segment.first().value()).putLong(segment.end().value());
    entry.putLong(segment.length()).putInt(segment.generation());
    return entry.putInt(crc(entry.array())).array();
  }

  /** Adds those that come next, durably: their files may be deleted now. */
  public synchronized void add(List<SealedSegment> next) {
    for (int from = 0; from < next.size(); from += ENTRIES_AT_ONCE) {
      List<SealedSegment> some = next.subList(from, Math.min(next.size(), from + ENTRIES_AT_ONCE));
      ByteBuffer entries = ByteBuffer.allocate(some.size() * ENTRY_LENGTH);
      some.forEach(segment -> entries.put(toBytes(segment)));
      write(count() * ENTRY_LENGTH, entries.array());
    }
  }

  /** Records were deleted from one: it is another file now. Durable when this returns. */
  public synchronized void change(LogOffset first, long length, int generation) {
    long index = indexOf(first.value());
    SealedSegment before = get(index);
    if (!before.first().equals(first)) {
      throw new InvalidRequest("No segment begins at " + first);
    }
    SealedSegment after = new SealedSegment(before.file(), first, before.end(), length, generation);
    write(index * ENTRY_LENGTH, toBytes(after));
  }

  private void write(long position, byte[] entries) {
    boolean isNew = !Files.exists(file);
    try (RandomAccessFile writing = Disk.openForWriting(file)) {
      Disk.write(file, writing, position, entries);
      Disk.sync(file, writing);
    } catch (IOException e) {
      throw Disk.refused(file, "written", e);
    }
    if (isNew) {
      Disk.syncDirectory(directory);
    }
  }

  /**
   * Cuts what a crash left of entries that it kept from being written; the files of those are there
   * still. Deletes files that a crash kept from being deleted.
   */
  synchronized void recover() {
    long whole = count() * ENTRY_LENGTH;
    if (length() > whole) {
      cutTo(whole);
    }
    long end = end().value();
    SegmentNames.list(directory).stream()
        .filter(segment -> SegmentNames.firstOf(segment) < end)
        .forEach(Disk::delete);
  }

  private void cutTo(long length) {
    try (RandomAccessFile writing = Disk.openForWriting(file)) {
      writing.setLength(length);
      Disk.sync(file, writing);
    } catch (IOException e) {
      throw Disk.refused(file, "cut", e);
    }
  }

  /** The bytes of the one that begins there. */
  synchronized SegmentContent open(long first) {
    SealedSegment segment = count() == 0 ? null : holding(first);
    if (segment == null || segment.first().value() != first) {
      throw new CorruptStore(
          "The file %s is missing: restore it from a copy"
              .formatted(SegmentNames.of(directory, first)));
    }
    return new EvictedContent(segment, remote);
  }

  private RandomAccessFile access() {
    RandomAccessFile open = access;
    if (open == null) {
      open = Disk.openForReading(file);
      access = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    RandomAccessFile open = access;
    access = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw Disk.refused(file, "closed", e);
      }
    }
  }
}
