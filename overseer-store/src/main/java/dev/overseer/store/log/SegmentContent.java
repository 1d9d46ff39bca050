package dev.overseer.store.log;

import dev.overseer.store.disk.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** The bytes of one segment, opened. Belongs to whoever holds the segment's lock. */
interface SegmentContent extends AutoCloseable {

  /** Up to {@code length} bytes at {@code position}: fewer where there are no more. */
  byte[] read(long position, long length);

  long length();

  @Override
  void close();

  /** On the disk. */
  static SegmentContent onDisk(Path file) {
    RandomAccessFile access = Disk.openForReading(file);
    return new SegmentContent() {
      @Override
      public byte[] read(long position, long length) {
        return Disk.read(file, access, position, length);
      }

      @Override
      public long length() {
        try {
          return access.length();
        } catch (IOException e) {
          throw Disk.refused(file, "read", e);
        }
      }

      @Override
      public void close() {
        try {
          access.close();
        } catch (IOException e) {
          throw Disk.refused(file, "closed", e);
        }
      }
    };
  }
}
