package dev.overseer.store.disk;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What a disk may do to whoever writes to it. In earnest a disk does so by itself; a test binds
 * {@link Disk#FAULTS} to something that decides by its seed, between any two operations.
 */
public interface DiskFaults {

  /**
   * Before bytes are written.
   *
   * @return how many of them reach the file before it refuses; {@code length} when it takes all
   */
  int writes(Path file, long position, int length);

  /**
   * In the place of a sync.
   *
   * @throws IOException when it fails; what was written since the last one may then never be
   *     durable, whatever later syncs say, unless it is written again
   */
  void syncs(Path file) throws IOException;

  /** Before a file is made, named or deleted. */
  void changes(Path file) throws IOException;
}
