package dev.overseer.store.log;

import dev.overseer.model.LogOffset;
import dev.overseer.model.Unavailable;
import dev.overseer.store.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What directories have of evicted segments that were written before {@link EvictedSegments} was:
 * for each a file of its header and its footer.
 */
public final class EarlierStubs {
  private static final String STUB = ".stub";

  private EarlierStubs() {}

  /** Enters them where such segments are entered now. Does nothing where there are none. */
  public static void adopt(Path directory) {
    List<Path> stubs = Files.isDirectory(directory) ? list(directory) : List.of();
    if (stubs.isEmpty()) {
      return;
    }
    try (EvictedSegments evicted = new EvictedSegments(directory, RemoteSegments.NONE)) {
      long entered = evicted.end().value();
      evicted.add(
          stubs.stream()
              .map(EarlierStubs::read)
              .filter(segment -> segment.first().value() >= entered)
              .toList());
    }
    stubs.forEach(Disk::delete);
  }

  private static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(STUB)).sorted().toList();
    } catch (IOException e) {
      throw new Unavailable("The directory " + directory + " cannot be listed", e);
    }
  }

  private static SealedSegment read(Path stub) {
    byte[] bytes = readAll(stub);
    SegmentHeader header = SegmentHeader.read(stub, bytes);
    byte[] footer = Arrays.copyOfRange(bytes, header.length(), bytes.length);
    byte[] trailer =
        Arrays.copyOfRange(footer, footer.length - SegmentFooter.TRAILER_LENGTH, footer.length);
    String name = stub.getFileName().toString();
    return new SealedSegment(
        stub.resolveSibling(name.substring(0, name.length() - STUB.length())),
        new LogOffset(header.first()),
        new LogOffset(SegmentFooter.read(stub, footer, header.identity()).end()),
        SegmentFooter.position(trailer) + footer.length,
        header.generation());
  }

  private static byte[] readAll(Path stub) {
    try {
      return Files.readAllBytes(stub);
    } catch (IOException e) {
      throw Disk.refused(stub, "read", e);
    }
  }
}
