package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import java.util.List;

/** The segments of one log as files of bytes, wherever they lie. */
public interface SegmentFiles {

  /** The offset that the first of them should begin with: what is before it is elsewhere. */
  default LogOffset start() {
    return LogOffset.ZERO;
  }

  /** In the order of their offsets. */
  List<SegmentFile> list();

  /** Up to {@code lengthMax} bytes at {@code position}: at least one where there are any. */
  byte[] read(SegmentFile file, long position, int lengthMax);

  /**
   * One of them.
   *
   * @param length in bytes
   */
  record SegmentFile(String name, long length) {}
}
