package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import dev.overseer.store.disk.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;

/** The segments in a directory, which another process may be writing to. */
public final class LocalSegmentFiles implements SegmentFiles {
  private final Path directory;

  public LocalSegmentFiles(Path directory) {
    this.directory = directory;
  }

  @Override
  public LogOffset start() {
    try (EvictedSegments evicted = new EvictedSegments(directory, RemoteSegments.NONE)) {
      return evicted.end();
    }
  }

  @Override
  public List<SegmentFile> list() {
    long start = start().value();
    return SegmentNames.list(directory).stream()
        .filter(file -> SegmentNames.firstOf(file) >= start)
        .map(file -> new SegmentFile(file.getFileName().toString(), file.toFile().length()))
        .toList();
  }

  @Override
  public byte[] read(SegmentFile file, long position, int lengthMax) {
    Path path = directory.resolve(file.name());
    try (RandomAccessFile access = Disk.openForReading(path)) {
      return Disk.read(path, access, position, Math.min(lengthMax, file.length() - position));
    } catch (IOException e) {
      throw Disk.refused(path, "closed", e);
    }
  }
}
