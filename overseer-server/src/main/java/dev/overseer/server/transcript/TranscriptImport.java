package dev.overseer.server.transcript;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Operation;
import dev.overseer.model.Unavailable;
import dev.overseer.server.transcript.TranscriptLine.Entry;
import dev.overseer.server.transcript.TranscriptLine.Header;
import dev.overseer.store.disk.Disk;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.Schemas;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.log.TransactionReader;
import dev.overseer.store.log.UpdateLogCodec;
import dev.overseer.store.log.VisibleRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Makes an update log of a transcript: the same records at the same offsets. The log comes into
 * being whole or not at all.
 */
public final class TranscriptImport {
  private static final String UNFINISHED = "import";

  private final Path directory;
  private final Path parent;
  private final Function<UUID, UUID> identity;
  private final LongConsumer imported;

  /** What came of it. */
  public record Imported(long records, UUID identity) {}

  /**
   * @param directory of the log, which is made; what it is in must be empty, or is made too
   * @param identity of the new log, from that of the one that was written down
   * @param imported hears how many records were read, after each of them
   */
  public TranscriptImport(Path directory, Function<UUID, UUID> identity, LongConsumer imported) {
    this.directory = directory.toAbsolutePath();
    this.parent = Objects.requireNonNull(this.directory.getParent());
    this.identity = identity;
    this.imported = imported;
  }

  /**
   * @param name the transcript's, for people
   * @throws InvalidRequest when it is not a whole one, or the directory is not empty; then nothing
   *     has changed
   */
  public Imported run(String name, InputStream transcript) {
    requireEmpty();
    Path unfinished = parent.resolve(UNFINISHED + Disk.UNFINISHED);
    try {
      Imported result = write(transcript, unfinished);
      Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
      Disk.syncDirectory(parent);
      return result;
    } catch (InvalidRequest e) {
      throw new InvalidRequest("%s was not imported:\n%s".formatted(name, e.getMessage()), e);
    } catch (IOException e) {
      throw Disk.refused(directory, "created", e);
    } finally {
      remove(unfinished);
    }
  }

  private Imported write(InputStream transcript, Path unfinished) {
    TranscriptReader reader = new TranscriptReader(transcript);
    Header header = reader.header();
    UUID chosen = identity.apply(header.identity());
    LogSettings settings = UpdateLog.settings(chosen, InstantSource.system());
    try (SegmentedLog<LogRecord> log =
        SegmentedLog.open(unfinished, new UpdateLogCodec(), settings)) {
      long records =
          reader.read(
              new TranscriptReader.Records() {
                @Override
                public void entry(Entry entry) {
                  log.append(entry.record());
                  imported.accept(entry.offset().value() + 1);
                }

                @Override
                public void blank() {
                  log.appendBlank();
                }
              });
      log.sync();
      requireWhole(log);
      return new Imported(records, chosen);
    }
  }

  /** Records name each other by offsets: whoever wrote them by hand may have missed. */
  private static void requireWhole(SegmentedLog<LogRecord> log) {
    Schemas schemas = new Schemas(log);
    try (TransactionReader reader = new TransactionReader(log, LogOffset.ZERO)) {
      while (reader.next()) {
        if (reader.record() instanceof VisibleRecord.Transaction transaction) {
          requireSchemas(transaction.changes(), schemas);
        }
      }
    } catch (CorruptStore e) {
      throw new InvalidRequest("Its records do not fit together: " + e.getMessage(), e);
    }
  }

  private static void requireSchemas(List<VisibleRecord.Placed> changes, Schemas schemas) {
    for (VisibleRecord.Placed placed : changes) {
      if (placed.record() instanceof LogRecord.Change change
          && change.operation() != Operation.ANNOTATION) {
        schemas.get(change.schema());
      }
    }
  }

  private void requireEmpty() {
    try {
      Files.createDirectories(parent);
      try (Stream<Path> files = Files.list(parent)) {
        files
            .findAny()
            .ifPresent(
                file -> {
                  throw new InvalidRequest(
                      "A log is imported into an empty data directory, and there is %s"
                          .formatted(file));
                });
      }
    } catch (IOException e) {
      throw new Unavailable("The directory %s cannot be used".formatted(parent), e);
    }
  }

  /** Nothing is there when it came into being. */
  private static void remove(Path unfinished) {
    if (Files.exists(unfinished)) {
      try (Stream<Path> files = Files.walk(unfinished)) {
        files.sorted(Comparator.reverseOrder()).forEach(Disk::delete);
      } catch (IOException e) {
        throw new Unavailable("The directory %s cannot be removed".formatted(unfinished), e);
      }
    }
  }
}
