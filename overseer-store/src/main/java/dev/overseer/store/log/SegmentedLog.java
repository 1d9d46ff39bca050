package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import dev.overseer.model.Unavailable;
import dev.overseer.store.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An {@link AppendLog} in a directory: files of checksummed blocks, one being written and the
 * others sealed. {@code docs/reference/log-format.md} tells the files byte by byte.
 *
 * <p>A sync writes all that was appended and calls fsync once; what is appended meanwhile goes into
 * the next one. Group commit needs no timer: the slower the disk, the larger the groups.
 */
public final class SegmentedLog<R> implements AppendLog<R> {
  /** So many blocks are packed into one: larger ones compress better, and take longer to read. */
  private static final int PACKED_BLOCKS = 16;

  private static final byte[] BLANK = {};

  private final Path directory;
  private final RecordCodec<R> codec;
  private final LogSettings settings;
  private final LogLock lock;
  private final EvictedSegments evicted;
  private final StoredSegments stored;
  private final Optional<TornTail> torn;
  private final AppendBuffer buffer;
  private final SegmentPacker packer;
  private final SegmentThinner<R> thinner;

  /** The SHA-256 of the last packed segment; its thread alone asks, when there is one to pack. */
  private Optional<Sha256> lastPacked = Optional.empty();

  /** Held while writing: it guards the fields below. */
  private final ReentrantLock writing = new ReentrantLock();

  private SegmentWriter writer;
  private volatile @Nullable RuntimeException failure;
  private volatile long archived;
  private final Set<String> intakeStops = ConcurrentHashMap.newKeySet();

  /**
   * Opens the log in {@code directory}, or creates it there. What a crash tore at its end is cut.
   *
   * @throws dev.overseer.model.InvalidRequest when another process writes it, or it is another log
   * @throws dev.overseer.model.CorruptStore when something that was durable is damaged or missing
   */
  public static <R> SegmentedLog<R> open(
      Path directory, RecordCodec<R> codec, LogSettings settings) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new Unavailable("The directory " + directory + " could not be made", e);
    }
    LogLock lock = LogLock.acquire(directory);
    try {
      return new SegmentedLog<>(directory, codec, settings, lock);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Opens what is durable now and changes nothing, not even what a crash tore: that is only passed
   * over. Other processes may read and write the log meanwhile.
   *
   * @throws dev.overseer.model.InvalidRequest when there is no such log
   * @throws dev.overseer.model.CorruptStore as in {@link #open}
   */
  public static <R> ReadableLog<R> openReadOnly(
      Path directory, RecordCodec<R> codec, LogSettings settings) {
    EvictedSegments evicted = new EvictedSegments(directory, settings.remote());
    SegmentScan.Found found = new SegmentScan(directory, settings.name(), evicted).scan();
    return new StoredLog<>(
        new StoredSegments(settings.name(), settings.cacheBytes(), evicted, found), codec);
  }

  private SegmentedLog(Path directory, RecordCodec<R> codec, LogSettings settings, LogLock lock) {
    this.directory = directory;
    this.codec = codec;
    this.settings = settings;
    this.lock = lock;
    this.evicted = new EvictedSegments(directory, settings.remote());
    SegmentScan.Found found = scanOrCreate();
    this.torn = found.torn();
    this.stored = new StoredSegments(settings.name(), settings.cacheBytes(), evicted, found);
    this.buffer = new AppendBuffer(settings.blockBytes(), stored.end());
    this.packer =
        new SegmentPacker(directory, found.identity(), PACKED_BLOCKS * settings.blockBytes());
    this.thinner = new SegmentThinner<>(directory, stored, packer, codec);
    this.writer =
        SegmentWriter.goOn(found.segments().getLast(), found.identity(), found.lastTable());
    if (found.lastSealed()) {
      writer.close();
      startSegment();
    } else {
      writer.cut();
    }
  }

  private SegmentScan.Found scanOrCreate() {
    SegmentNames.listUnfinished(directory).forEach(Disk::delete);
    evicted.recover();
    SegmentScan scan = new SegmentScan(directory, settings.name(), evicted);
    if (!scan.isNew()) {
      return scan.scan();
    }
    SegmentWriter.create(directory, settings, evicted, settings.identityIfNew(), 0).close();
    return new SegmentScan(directory, settings.name(), evicted).scan();
  }

  /** What the log is: {@code updates}, say. */
  public String name() {
    return settings.name();
  }

  /** What a crash had torn and was cut when this log was opened. */
  public Optional<TornTail> cut() {
    return torn;
  }

  @Override
  public UUID identity() {
    return stored.identity();
  }

  @Override
  public LogOffset append(R record) {
    refuseAfterFailure();
    long offset = buffer.add(codec.encode(record));
    makeRoom();
    return new LogOffset(offset);
  }

  /** Appends a record without content: it takes an offset, and no reader shows it. */
  public void appendBlank() {
    refuseAfterFailure();
    buffer.add(BLANK);
  }

  @Override
  public LogOffset appendTogether(List<R> records) {
    refuseAfterFailure();
    List<byte[]> encoded = new ArrayList<>(records.size());
    records.forEach(record -> encoded.add(codec.encode(record)));
    long first = buffer.add(encoded);
    makeRoom();
    return new LogOffset(first);
  }

  /**
   * Whoever appended too much waits for the sync under way, and then syncs if that was too little.
   */
  private void makeRoom() {
    if (buffer.unsyncedBytes() > settings.unsyncedBytesMax()) {
      writing.lock();
      try {
        if (buffer.unsyncedBytes() > settings.unsyncedBytesMax()) {
          writeOut();
        }
      } finally {
        writing.unlock();
      }
    }
  }

  @Override
  public LogOffset sync() {
    long target = buffer.appended();
    writing.lock();
    try {
      if (stored.end() < target) {
        writeOut();
      }
      return end();
    } finally {
      writing.unlock();
    }
  }

  private void writeOut() {
    refuseAfterFailure();
    List<BlockBuilder> taken = buffer.take();
    try {
      List<Block> written = new ArrayList<>(taken.size());
      for (BlockBuilder builder : taken) {
        Block block = builder.finish(stored.identity(), stored.end());
        startSegmentIfFull();
        writer.write(block);
        written.add(block);
      }
      writer.sync();
      stored.show(writer.table(), written);
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
    buffer.written(taken);
  }

  private void startSegmentIfFull() {
    if (writer.table().endPosition() >= settings.segmentBytes()) {
      sealAndStartNext();
    }
  }

  private void sealAndStartNext() {
    writer.seal();
    stored.show(writer.table(), List.of());
    startSegment();
  }

  private void startSegment() {
    long first = writer.table().end();
    writer = SegmentWriter.create(directory, settings, evicted, stored.identity(), first);
    stored.show(writer.segment(), writer.table());
  }

  /** A failed write leaves the file in a state that only opening it anew can tell. */
  private void refuseAfterFailure() {
    RuntimeException cause = failure;
    if (cause != null) {
      throw new Unavailable(
          "The log '%s' failed (%s) and must be opened anew"
              .formatted(settings.name(), cause.getMessage()),
          cause);
    }
  }

  /**
   * Packs the next sealed segment, and says whether there was one. To be called by one thread at a
   * time; reading and writing go on.
   *
   * @throws Unavailable when the disk refuses; nothing has changed then
   */
  public boolean pack() {
    Optional<Segment> next = stored.nextToPack();
    if (next.isEmpty()) {
      return false;
    }
    Sha256 previous = lastPacked.orElseGet(this::digestOfLastPacked);
    lastPacked = Optional.of(packer.pack(next.get(), previous, effort()));
    stored.nextIsPacked();
    return true;
  }

  /** While more are sealed than are packed, they need the room of unpacked ones, and time. */
  private SegmentPacker.Effort effort() {
    return stored.waitingToBePacked() > 1
        ? SegmentPacker.Effort.HURRIED
        : SegmentPacker.Effort.USUAL;
  }

  private Sha256 digestOfLastPacked() {
    return stored.lastPacked().map(segment -> Sha256.ofFile(segment.file())).orElse(Sha256.NONE);
  }

  /** Seals the segment that is being written, if it holds anything: no others are packed. */
  public void seal() {
    writing.lock();
    try {
      refuseAfterFailure();
      if (writer.table().count() > 0) {
        sealAndStartNext();
      }
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    } finally {
      writing.unlock();
    }
  }

  /** The packed segment that begins with this record; empty when it is not packed yet. */
  public Optional<SealedSegment> packed(LogOffset first) {
    return stored.packed(first.value());
  }

  /** Records before this one may be deleted: their segments are packed and chained to. */
  public LogOffset thinnable() {
    return new LogOffset(stored.lastPackedFirst());
  }

  /**
   * Makes a file without some records of a segment before {@link #thinnable()}. Nothing is deleted
   * before {@link #replace} is called with it; until then it is among {@link #prepared()}. These
   * four are for one thread.
   *
   * @param first the offset of the segment's first record
   * @throws dev.overseer.model.CorruptStore when the segment is not as it was written
   */
  public Thinning prepare(LogOffset first, Thinning.Deletion<R> deletion) {
    return thinner.prepare(first, deletion);
  }

  /** What was prepared, before a crash too, and neither replaced a segment nor was given up. */
  public List<ThinnedFile> prepared() {
    return thinner.prepared();
  }

  /** Deletes: the file takes its segment's place. Whoever reads meanwhile sees either. */
  public void replace(ThinnedFile file) {
    thinner.replace(file);
  }

  /** Deletes nothing of the segment. */
  public void giveUp(ThinnedFile file) {
    thinner.giveUp(file);
  }

  /** Up to where the archive holds this log, as it said last. */
  public LogOffset archived() {
    return new LogOffset(archived);
  }

  /** The archive holds everything before {@code end}. */
  public void archived(LogOffset end) {
    archived = end.value();
  }

  /** How much of this log is on this disk alone. */
  public long unarchivedBytes() {
    return stored.bytesFrom(archived);
  }

  /**
   * Keeps no more than about so many bytes and segments on this disk: the oldest segments that are
   * archived are read from there from now on. The last packed one stays, since the next is chained
   * to it.
   */
  public void shrinkTo(long bytesMax, int segmentsMax) {
    stored.shrinkTo(bytesMax, segmentsMax, archived);
  }

  /** The last segment of which only the archive has the bytes. */
  public Optional<SealedSegment> lastEvicted() {
    return stored.lastEvicted();
  }

  /**
   * Nothing more should be brought in, until {@link #resumeIntake} is called with the same reason.
   *
   * @param reason for people
   */
  public void stopIntake(String reason) {
    intakeStops.add(reason);
  }

  /** This is no reason any more. */
  public void resumeIntake(String reason) {
    intakeStops.remove(reason);
  }

  /** Why nothing more should be brought in; empty when it may be. */
  public Set<String> intakeStops() {
    return Set.copyOf(intakeStops);
  }

  @Override
  public LogOffset safe() {
    return switch (settings.safety()) {
      case DISK -> end();
      case ARCHIVE -> new LogOffset(archived);
    };
  }

  @Override
  public boolean hasRoom() {
    return intakeStops.isEmpty();
  }

  @Override
  public LogOffset end() {
    return new LogOffset(stored.end());
  }

  @Override
  public LogOffset appended() {
    return new LogOffset(buffer.appended());
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
    buffer.close();
    writing.lock();
    try (lock) {
      stored.close();
      writer.close();
    } finally {
      writing.unlock();
    }
  }
}
