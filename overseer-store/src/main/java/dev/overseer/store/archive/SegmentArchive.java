package dev.overseer.store.archive;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.store.disk.Disk;
import dev.overseer.store.log.RemoteSegments;
import dev.overseer.store.log.SealedSegment;
import dev.overseer.store.log.SegmentNames;
import dev.overseer.store.log.ThinnedFile;
import dev.overseer.store.objects.ObjectContent;
import dev.overseer.store.objects.ObjectKey;
import dev.overseer.store.objects.ObjectStore;
import dev.overseer.store.objects.PutResult;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
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

  /**
   * Puts what is to take a segment's place beside it; doing so again changes nothing. From then on
   * it is the segment, for whoever lists the archive.
   */
  public void put(ThinnedFile thinned) {
    ObjectKey key = key(archived(thinned.first(), thinned.generation()));
    if (store.put(key, new ObjectContent.OfFile(thinned.file())) == PutResult.TAKEN) {
      throw new InvalidRequest(
          "The archive holds another %s: another process deletes from this log".formatted(key));
    }
  }

  /** Deletes all generations of the segment before this one, if this one is there. */
  public void deleteBefore(LogOffset first, int generation) {
    if (store.find(key(archived(first, generation)), 0, 1).isEmpty()) {
      return;
    }
    for (int older = generation - 1; older >= 0; older--) {
      store.delete(key(archived(first, older)));
    }
  }

  private static String archived(LogOffset first, int generation) {
    String name = SegmentNames.of(Path.of(""), first.value()).toString();
    return SegmentNames.archived(name, generation);
  }

  /** The segments that begin with this record or later, in order, as they are asked for. */
  ArchivedSegments from(LogOffset first) {
    return new ArchivedSegments(store, name, first);
  }

  /**
   * Those after the ones that a disk leaves to the archive.
   *
   * @param evicted the last of those, if there are any
   * @throws InvalidRequest when the archive does not have it
   */
  ArchivedSegments after(Optional<SealedSegment> evicted) {
    ArchivedSegments segments = from(evicted.map(SealedSegment::first).orElse(LogOffset.ZERO));
    evicted.ifPresent(
        last -> {
          if (!segments.hasNext() || !segments.next().first().equals(last.first())) {
            throw new InvalidRequest(
                ("The archive of the log '%s' does not have %s, whose bytes this disk left to it:"
                        + " bring its objects back, or name the archive that has them")
                    .formatted(name, keyOf(last)));
          }
        });
    return segments;
  }

  /**
   * Two segments of one place: where a segment ends is up to chance and the clock, so two that
   * begin and end alike are the same, or the log is another. Where records were deleted, the disk
   * may hold what the archive does not any more.
   */
  void requireSame(ArchivedSegment archived, SealedSegment local) {
    boolean mayDiffer = archived.generation() > local.generation();
    if (!archived.first().equals(local.first())
        || (archived.length() != local.length() && !mayDiffer)) {
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
