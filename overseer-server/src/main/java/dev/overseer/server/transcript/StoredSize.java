package dev.overseer.server.transcript;

import dev.overseer.model.Unavailable;
import dev.overseer.store.log.EvictedSegments;
import dev.overseer.store.log.LocalSegments;
import dev.overseer.store.log.LocalSegments.OpenSegment;
import dev.overseer.store.log.RemoteSegments;
import dev.overseer.store.log.SealedSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;

/** What a whole log takes, on this disk or in its archive. */
public record StoredSize(int segments, long bytes) {

  /** As it is now; a server may be writing. */
  public static StoredSize of(Path directory) {
    LocalSegments local = LocalSegments.of(directory, UpdateLog.NAME);
    long sealed = local.sealed().stream().mapToLong(SealedSegment::length).sum();
    long open = local.open().stream().map(OpenSegment::file).mapToLong(StoredSize::size).sum();
    StoredSize evicted = evicted(directory);
    return new StoredSize(
        evicted.segments + local.sealed().size() + (int) local.open().stream().count(),
        evicted.bytes + sealed + open);
  }

  private static StoredSize evicted(Path directory) {
    try (EvictedSegments evicted = new EvictedSegments(directory, RemoteSegments.NONE)) {
      LongAdder bytes = new LongAdder();
      evicted.forEach(segment -> bytes.add(segment.length()));
      return new StoredSize((int) evicted.count(), bytes.sum());
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new Unavailable("The size of %s cannot be told".formatted(file), e);
    }
  }
}
