package dev.overseer.store.index;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.LogOffset;
import dev.overseer.model.SourceName;
import dev.overseer.model.Unavailable;
import dev.overseer.store.disk.Disk;
import dev.overseer.store.log.ByteReader;
import dev.overseer.store.log.ByteWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * A {@link ProgressPoint} that was kept, so that a start need not read the whole log for the
 * sources' sake when the index is gone. Derived like the index: what is missing, damaged, of
 * another log or ahead of it counts for nothing.
 */
public final class ProgressFile {
  private static final int FORM = 2;

  private final Path directory;
  private final Path file;

  /**
   * @param directory which exists
   */
  public ProgressFile(Path directory) {
    this.directory = directory;
    this.file = directory.resolve("progress");
  }

  /** What was kept last, whichever log it is of. */
  public Optional<ProgressPoint> find() {
    return read().flatMap(ProgressFile::sound).map(Kept::point);
  }

  /**
   * What was kept last of this log.
   *
   * @param end of the log
   */
  public Optional<ProgressPoint> find(UUID log, LogOffset end) {
    return read()
        .flatMap(ProgressFile::sound)
        .filter(kept -> kept.log().equals(log))
        .map(Kept::point)
        .filter(point -> point.consumed().compareTo(end) <= 0);
  }

  /** Replaces what was kept, durably and as a whole. */
  public void keep(UUID log, ProgressPoint point) {
    ByteWriter writer =
        new ByteWriter(512)
            .number(FORM)
            .fixed(log.getMostSignificantBits())
            .fixed(log.getLeastSignificantBits())
            .number(point.consumed().value())
            .number(point.sources().size());
    point.sources().values().forEach(source -> ProgressCodec.write(writer, source));
    byte[] content = writer.toBytes();
    byte[] sealed =
        ByteBuffer.allocate(content.length + Integer.BYTES)
            .put(content)
            .putInt(checksum(content, content.length))
            .array();
    Disk.create(directory, file, sealed);
  }

  private record Kept(UUID log, ProgressPoint point) {}

  private Optional<byte[]> read() {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new Unavailable("The file %s could not be read".formatted(file), e);
    }
  }

  private static Optional<Kept> sound(byte[] bytes) {
    int length = bytes.length - Integer.BYTES;
    if (length < 0 || ByteBuffer.wrap(bytes).getInt(length) != checksum(bytes, length)) {
      return Optional.empty();
    }
    try {
      return decode(new ByteReader(bytes, 0, length));
    } catch (CorruptStore otherForm) {
      return Optional.empty();
    }
  }

  private static Optional<Kept> decode(ByteReader reader) {
    if (reader.size() != FORM) {
      return Optional.empty();
    }
    UUID log = new UUID(reader.fixed(), reader.fixed());
    LogOffset consumed = new LogOffset(reader.number());
    Map<SourceName, SourceProgress> sources = new TreeMap<>();
    for (int left = reader.size(); left > 0; left--) {
      SourceProgress source = ProgressCodec.read(reader);
      sources.put(source.source(), source);
    }
    reader.requireEnd();
    return Optional.of(new Kept(log, new ProgressPoint(consumed, sources)));
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
