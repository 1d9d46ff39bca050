package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import dev.overseer.store.disk.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The segments in a directory, which another process may be writing to. */
public final class LocalSegmentFiles implements SegmentFiles {
  private final Path directory;

  public LocalSegmentFiles(Path directory) {
    this.directory = directory;
  }

  @Override
  public LogOffset start() {
    List<Path> evicted = new ArrayList<>(SegmentNames.list(directory));
    evicted.removeAll(SegmentNames.listOnDisk(directory));
    return evicted.isEmpty() ? LogOffset.ZERO : end(evicted.getLast());
  }

  private static LogOffset end(Path evicted) {
    try (SegmentContent stub = EvictedContent.open(evicted, RemoteSegments.NONE)) {
      SegmentHeader header = SegmentHeader.read(evicted, stub.read(0, SegmentHeader.LENGTH_MAX));
      Segment segment =
          new Segment(evicted, header.identity(), header.first(), RemoteSegments.NONE);
      return new LogOffset(segment.table().end());
    }
  }

  @Override
  public List<SegmentFile> list() {
    return SegmentNames.listOnDisk(directory).stream()
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
