package dev.overseer.store.archive;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.store.disk.Disk;
import dev.overseer.store.log.RemoteSegments;
import dev.overseer.store.log.SealedSegment;
import dev.overseer.store.log.SegmentNames;
import dev.overseer.store.log.SegmentStub;
import dev.overseer.store.objects.ObjectContent;
import dev.overseer.store.objects.ObjectKey;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.PutResult;
import dev.overseer.store.objects.StoredObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sealed segments of one log in an object store, under {@code NAME/} and the names that their
 * files have, so keys sort as offsets do. A segment is put where there is none; two processes that
 * write the same log cannot both go on, because only one of them puts the next.
 */
public final class SegmentArchive implements RemoteSegments {
  private static final int PIECE = 8 << 20;

  private final ObjectStore store;
  private final String name;

  /**
   * @param name the log's
   */
  public SegmentArchive(ObjectStore store, String name) {
    this.store = store;
    this.name = name;
  }

  /** The log's name. */
  public String name() {
    return name;
  }

  /**
   * Puts a segment; doing so again changes nothing.
   *
   * @throws InvalidRequest when the archive holds another one there: another process has written
   *     the log, and this one must not go on
   * @throws dev.overseer.model.Unavailable as {@link ObjectStore} does
   */
  void put(SealedSegment segment) {
    if (!claim(segment)) {
      throw new InvalidRequest(
          ("The archive holds another %s than %s: another process writes this log, or has written"
               + " it, and what this one took in since then is not part of it. Stop this one, and"
               + " keep its data directory until you know that nothing in it is missed")
              .formatted(keyOf(segment), segment.file()));
    }
  }

  /** Puts a segment if its place is still free, and says whether it was. */
  boolean claim(SealedSegment segment) {
    return store.put(keyOf(segment), new ObjectContent.OfFile(segment.file())) != PutResult.TAKEN;
  }

  private ObjectKey keyOf(SealedSegment segment) {
    return key(segment.file().getFileName().toString());
  }

  private ObjectKey key(String segment) {
    return new ObjectKey(name + "/" + segment);
  }

  /** All segments, in order: one request for each {@value ObjectStore#LISTED_MAX}. */
  List<ArchivedSegment> list() {
    List<ArchivedSegment> segments = new ArrayList<>();
    Optional<ObjectKey> after = Optional.empty();
    List<StoredObject> page;
    do {
      page = store.list(name + "/", after);
      page.forEach(object -> segments.add(segment(object)));
      after = page.isEmpty() ? after : Optional.of(page.getLast().key());
    } while (page.size() == ObjectStore.LISTED_MAX);
    return segments;
  }

  private static ArchivedSegment segment(StoredObject object) {
    long first = SegmentNames.firstOf(Path.of(object.key().value()));
    return new ArchivedSegment(object.key(), new LogOffset(first), object.length());
  }

  /**
   * Two segments of one place: where a segment ends is up to chance and the clock, so two that
   * begin and end alike are the same, or the log is another.
   */
  void requireSame(ArchivedSegment archived, SealedSegment local) {
    if (!archived.first().equals(local.first()) || archived.length() != local.length()) {
      throw continuedWithout(local.first());
    }
  }

  /** The archive holds other records than the disk from there on. */
  InvalidRequest continuedWithout(LogOffset from) {
    return new InvalidRequest(
        ("The archive of the log '%s' was continued without what this disk holds from offset %s on:"
                + " another process has written it. To go on from the archive, move the data"
                + " directory away, and keep it until you know that nothing in it is missed")
            .formatted(name, from));
  }

  /** Brings a segment back into the log's directory, whole or not at all, and durably. */
  void fetch(ArchivedSegment segment, Path directory) {
    Path file = SegmentNames.of(directory, segment.first().value());
    Disk.create(directory, file, access -> copy(segment, access));
  }

  /** Brings back of a segment what its blocks are found with, and leaves them in the archive. */
  void fetchStub(ArchivedSegment segment, Path directory) {
    SegmentStub.create(directory, segment.first().value(), segment.length(), this);
  }

  @Override
  public byte[] read(String segment, long position, int length) {
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      byte[] slice = slice(key(segment), position + done, length - done);
      System.arraycopy(slice, 0, bytes, done, slice.length);
      done += slice.length;
    }
    return bytes;
  }

  private byte[] slice(ObjectKey key, long position, int lengthMax) {
    byte[] bytes =
        store
            .find(key, position, lengthMax)
            .orElseThrow(() -> new InvalidRequest(key + " vanished from the archive"))
            .bytes();
    if (bytes.length == 0) {
      throw new CorruptStore("The archive's %s ends before %d".formatted(key, position));
    }
    return bytes;
  }

  private void copy(ArchivedSegment segment, RandomAccessFile into) throws IOException {
    for (long position = 0; position < segment.length(); position += PIECE) {
      into.write(slice(segment.key(), position, PIECE));
    }
  }
}
