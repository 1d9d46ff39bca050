package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.store.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A packed segment of which the disk holds a stub alone: its header and its footer, one after the
 * other. The blocks between are read from elsewhere, and one after the other in larger pieces.
 */
final class EvictedContent implements SegmentContent {
  private static final int PIECE = 1 << 20;

  private final String name;
  private final RemoteSegments remote;
  private final byte[] header;
  private final byte[] footer;
  private final long footerAt;
  private byte[] piece = {};
  private long pieceAt;
  private long readTo = -1;

  private EvictedContent(String name, RemoteSegments remote, byte[] stub, int headerLength) {
    this.name = name;
    this.remote = remote;
    this.header = Arrays.copyOf(stub, headerLength);
    this.footer = Arrays.copyOfRange(stub, headerLength, stub.length);
    this.footerAt = SegmentFooter.position(trailer(footer));
  }

  static EvictedContent open(Path segment, RemoteSegments remote) {
    Path stub = SegmentNames.stubOf(segment);
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(stub);
    } catch (IOException e) {
      throw Disk.refused(stub, "read", e);
    }
    SegmentHeader header = SegmentHeader.read(stub, bytes);
    int headerLength = header.length();
    if (bytes.length < headerLength + SegmentFooter.TRAILER_LENGTH) {
      throw new CorruptStore("The file %s is cut: delete it, it comes back".formatted(stub));
    }
    String name = SegmentNames.archived(segment.getFileName().toString(), header.generation());
    return new EvictedContent(name, remote, bytes, headerLength);
  }

  private static byte[] trailer(byte[] footer) {
    return Arrays.copyOfRange(footer, footer.length - SegmentFooter.TRAILER_LENGTH, footer.length);
  }

  @Override
  public byte[] read(long position, long length) {
    if (position < header.length) {
      return Arrays.copyOfRange(
          header, (int) position, (int) Math.min(header.length, position + length));
    }
    if (position >= footerAt) {
      int from = (int) Math.min(position - footerAt, footer.length);
      return Arrays.copyOfRange(footer, from, (int) Math.min(footer.length, from + length));
    }
    return readBlocks(position, (int) Math.min(length, footerAt - position));
  }

  private byte[] readBlocks(long position, int length) {
    if (position < pieceAt || position + length > pieceAt + piece.length) {
      long wanted = position == readTo ? Math.max(PIECE, length) : length;
      piece = remote.read(name, position, (int) Math.min(wanted, footerAt - position));
      pieceAt = position;
    }
    readTo = position + length;
    int from = (int) (position - pieceAt);
    return Arrays.copyOfRange(piece, from, from + length);
  }

  @Override
  public long length() {
    return footerAt + footer.length;
  }

  @Override
  public void close() {
    piece = new byte[0];
  }
}
