package dev.overseer.store.log;

import dev.overseer.model.Unavailable;
import dev.overseer.store.log.SegmentFiles.SegmentFile;
import java.security.MessageDigest;
import java.util.Arrays;

/** Goes through the bytes of one segment file, and digests them. */
final class SegmentBytes {
  private static final int PIECE = 4 << 20;

  private final SegmentFiles files;
  private final SegmentFile file;
  private final MessageDigest digest = Sha256.digest();
  private byte[] buffer = {};
  private long bufferAt;
  private long position;

  SegmentBytes(SegmentFiles files, SegmentFile file) {
    this.files = files;
    this.file = file;
  }

  long position() {
    return position;
  }

  long left() {
    return file.length() - position;
  }

  /** The next bytes, or fewer at the end of the file; the position stays. */
  byte[] peek(long length) {
    int wanted = (int) Math.min(length, left());
    int from = (int) (position - bufferAt);
    if (buffer.length - from < wanted) {
      fill(from, wanted);
      from = 0;
    }
    return Arrays.copyOfRange(buffer, from, from + wanted);
  }

  private void fill(int from, int wanted) {
    byte[] filled = Arrays.copyOfRange(buffer, from, Math.max(buffer.length, from + wanted));
    int length = buffer.length - from;
    while (length < wanted) {
      byte[] piece = files.read(file, position + length, Math.max(PIECE, wanted - length));
      if (piece.length == 0) {
        throw new Unavailable("The file " + file.name() + " became shorter while it was read");
      }
      filled = Arrays.copyOf(filled, Math.max(filled.length, length + piece.length));
      System.arraycopy(piece, 0, filled, length, piece.length);
      length += piece.length;
    }
    buffer = Arrays.copyOf(filled, length);
    bufferAt = position;
  }

  /** Passes bytes that were peeked at. */
  void pass(byte[] bytes) {
    digest.update(bytes);
    position += bytes.length;
  }

  /** Of all bytes passed. */
  Sha256 sha256() {
    return Sha256.of(digest.digest());
  }
}
