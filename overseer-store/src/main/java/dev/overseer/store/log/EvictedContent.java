package dev.overseer.store.log;

import java.util.Arrays;

/**
 * A packed segment that the archive alone has. Its end, where the footer is, comes in one piece,
 * and blocks that are read one after the other in larger ones.
 */
final class EvictedContent implements SegmentContent {
  private static final int END_LENGTH = 64 << 10;
  private static final int PIECE_LENGTH = 1 << 20;

  private final String name;
  private final RemoteSegments remote;
  private final long length;
  private Piece end;
  private Piece piece = Piece.NONE;
  private long readTo = -1;

  /** Some bytes of it. */
  private record Piece(long position, byte[] bytes) {
    private static final Piece NONE = new Piece(0, new byte[0]);

    boolean holds(long from, int length) {
      return from >= position && from + length <= position + bytes.length;
    }

    byte[] slice(long from, int length) {
      int at = (int) (from - position);
      return Arrays.copyOfRange(bytes, at, at + length);
    }
  }

  EvictedContent(SealedSegment segment, RemoteSegments remote) {
    this.name =
        SegmentNames.archived(String.valueOf(segment.file().getFileName()), segment.generation());
    this.remote = remote;
    this.length = segment.length();
    this.end = Piece.NONE;
  }

  @Override
  public byte[] read(long position, long lengthMax) {
    int wanted = (int) Math.clamp(length - position, 0, lengthMax);
    if (wanted == 0) {
      return new byte[0];
    }
    return pieceWith(position, wanted).slice(position, wanted);
  }

  private Piece pieceWith(long position, int wanted) {
    if (end.holds(position, wanted)) {
      return end;
    }
    long endAt = Math.max(0, length - END_LENGTH);
    if (position >= endAt) {
      end = fetch(endAt, length - endAt);
      return end;
    }
    if (!piece.holds(position, wanted)) {
      boolean isNext = position == readTo;
      piece = fetch(position, isNext ? Math.max(PIECE_LENGTH, wanted) : wanted);
    }
    readTo = position + wanted;
    return piece;
  }

  private Piece fetch(long position, long lengthMax) {
    int fetched = (int) Math.min(lengthMax, length - position);
    return new Piece(position, remote.read(name, position, fetched));
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void close() {
    piece = Piece.NONE;
    end = Piece.NONE;
  }
}
