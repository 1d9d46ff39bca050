package dev.overseer.store.log;

import dev.overseer.store.disk.Disk;
import java.nio.file.Path;

/**
 * What the disk keeps of a packed segment whose blocks are elsewhere: its header and its footer.
 */
public final class SegmentStub {
  private SegmentStub() {}

  /**
   * Makes the stub of a segment that the disk does not hold.
   *
   * @param archived its name in the archive
   */
  public static void create(
      Path directory, String archived, long segmentLength, RemoteSegments remote) {
    Path segment = SegmentNames.of(directory, SegmentNames.firstOf(Path.of(archived)));
    create(segment, new Remote(archived, segmentLength, remote));
  }

  static void create(Path segment, SegmentContent content) {
    byte[] start = content.read(0, SegmentHeader.LENGTH_MAX);
    int headerLength = SegmentHeader.read(segment, start).length();
    long trailerAt = content.length() - SegmentFooter.TRAILER_LENGTH;
    byte[] trailer = content.read(trailerAt, SegmentFooter.TRAILER_LENGTH);
    long footerAt = SegmentFooter.position(trailer);
    byte[] footer = content.read(footerAt, content.length() - footerAt);
    Disk.create(
        Disk.directoryOf(segment),
        SegmentNames.stubOf(segment),
        into -> {
          into.write(start, 0, headerLength);
          into.write(footer);
        });
  }

  private record Remote(String name, long length, RemoteSegments remote) implements SegmentContent {

    @Override
    public byte[] read(long position, long lengthMax) {
      return remote.read(name, position, (int) Math.min(lengthMax, length - position));
    }

    @Override
    public void close() {
      // There is nothing open.
    }
  }
}
