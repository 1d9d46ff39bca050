package dev.overseer.server.transcript;

import dev.overseer.model.Unavailable;
import dev.overseer.store.log.LocalSegments;
import dev.overseer.store.log.LocalSegments.OpenSegment;
import dev.overseer.store.log.SealedSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** What a whole log takes on the disk. */
public record StoredSize(int segments, long bytes) {

  /** As it is now; a server may be writing. */
  public static StoredSize of(Path directory) {
    LocalSegments local = LocalSegments.of(directory, UpdateLog.NAME);
    Stream<Path> files =
        Stream.concat(
            local.sealed().stream().map(SealedSegment::file),
            local.open().stream().map(OpenSegment::file));
    long[] sizes = files.mapToLong(StoredSize::size).toArray();
    return new StoredSize(sizes.length, Arrays.stream(sizes).sum());
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new Unavailable("The size of %s cannot be told".formatted(file), e);
    }
  }
}
