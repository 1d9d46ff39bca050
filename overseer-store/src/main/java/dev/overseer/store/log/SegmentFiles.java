package dev.overseer.store.log;

import java.util.List;

/** The segments of one log as files of bytes, wherever they lie. */
public interface SegmentFiles {

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
