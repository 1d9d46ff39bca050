package dev.overseer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.LogOffset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is altered in a log is found, and told by the first record that it may concern. */
class LogVerificationTest {
  private static final int RECORDS = 70;

  @TempDir private Path temporary;
  private Path origin;
  private List<Path> packed;
  private Path live;
  private int copies;

  @BeforeEach
  void write() {
    origin = temporary.resolve("origin");
    write(origin, "record-");
    List<Path> files = SegmentNames.list(origin);
    packed = files.subList(0, files.size() - 1);
    live = files.getLast();
    assertThat(packed).hasSizeGreaterThan(2);
  }

  private static void write(Path directory, String prefix) {
    LogSettings settings =
        LogSettings.of("test", new UUID(5, 6), () -> Instant.EPOCH)
            .withSegmentBytes(1000)
            .withBlockBytes(15);
    try (SegmentedLog<String> log = SegmentedLog.open(directory, new TextCodec(), settings)) {
      for (int i = 0; i < RECORDS; i++) {
        log.append(prefix + i);
        log.sync();
      }
      while (log.pack()) {
        // Until all sealed segments are packed.
      }
    }
  }

  private static VerifiedLog verify(Path directory) {
    return new LogVerification("test", new LocalSegmentFiles(directory), (_, _) -> {}).run();
  }

  private LogDamage damage(Path directory) {
    return verify(directory).damage().orElseThrow();
  }

  private Path copy() throws IOException {
    Path copy = temporary.resolve("copy-" + copies++);
    LogFiles.copy(origin, copy);
    return copy;
  }

  private static Path in(Path directory, Path file) {
    return directory.resolve(file.getFileName());
  }

  private static LogOffset first(Path file) {
    return new LogOffset(SegmentNames.firstOf(file));
  }

  @Test
  void a_log_as_it_was_written_is_sound_and_has_a_head_for_each_packed_segment() {
    VerifiedLog verified = verify(origin);

    assertThat(verified.damage()).isEmpty();
    assertThat(verified.end()).isEqualTo(new LogOffset(RECORDS));
    assertThat(verified.tornBytes()).isZero();
    assertThat(verified.heads()).hasSameSizeAs(packed);
    assertThat(verified.heads().getLast().sha256()).isEqualTo(Sha256.ofFile(packed.getLast()));
    assertThat(verified.chained()).isEqualTo(first(live));
  }

  @Test
  void any_wrong_bit_of_a_packed_segment_is_found() throws IOException {
    for (Path file : packed) {
      long length = Files.size(file);
      for (int at = 0; at < length; at++) {
        LogFiles.flip(file, at);

        LogDamage damage = damage(origin);
        assertThat(damage.file()).isEqualTo(file.getFileName().toString());
        assertThat(damage.position()).isLessThanOrEqualTo(at);
        assertThat(damage.offset()).isGreaterThanOrEqualTo(first(file));
        LogFiles.flip(file, at);
      }
    }
  }

  @Test
  void the_first_record_of_the_damaged_block_is_named() throws IOException {
    Path file = packed.get(1);
    BlockTable table =
        new Segment(
                origin,
                new UUID(5, 6),
                first(file).value(),
                new EvictedSegments(origin, RemoteSegments.NONE))
            .table();
    assertThat(table.count()).isGreaterThan(1);
    Path copy = copy();
    LogFiles.flip(in(copy, file), (int) table.position(1) + 5);

    assertThat(damage(copy).offset()).isEqualTo(new LogOffset(table.first(1)));
    assertThat(damage(copy).position()).isEqualTo(table.position(1));
  }

  @Test
  void any_wrong_bit_of_the_segment_being_written_is_found_but_in_what_may_be_torn()
      throws IOException {
    long length = Files.size(live);
    for (int at = 0; at < length; at++) {
      LogFiles.flip(live, at);

      VerifiedLog verified = verify(origin);
      assertThat(verified.damage().isPresent() || verified.tornBytes() > length - at - 1)
          .as("byte %d", at)
          .isTrue();
      LogFiles.flip(live, at);
    }
  }

  @Test
  void a_segment_that_was_removed_is_missed() throws IOException {
    for (Path file : packed) {
      Path copy = copy();
      Files.delete(in(copy, file));

      assertThat(damage(copy).offset()).isEqualTo(first(file));
    }
  }

  @Test
  void segments_that_were_swapped_are_found() throws IOException {
    Path copy = copy();
    Path one = in(copy, packed.get(0));
    Path other = in(copy, packed.get(1));
    byte[] bytes = Files.readAllBytes(one);
    Files.write(one, Files.readAllBytes(other));
    Files.write(other, bytes);

    assertThat(damage(copy).offset()).isEqualTo(LogOffset.ZERO);
  }

  @Test
  void a_segment_cut_at_any_byte_is_found() throws IOException {
    Path file = packed.getLast();
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      LogFiles.truncate(file, length);

      assertThat(damage(origin).file()).isEqualTo(file.getFileName().toString());
      Files.write(file, whole);
    }
  }

  @Test
  void a_segment_that_was_written_anew_with_all_its_checksums_right_breaks_the_chain()
      throws IOException {
    Path forged = temporary.resolve("forged");
    write(forged, "RECORD-");
    Path file = packed.getFirst();
    Path copy = copy();
    Files.write(in(copy, file), Files.readAllBytes(in(forged, file)));

    assertThat(damage(copy).offset()).isEqualTo(first(file));
    assertThat(damage(copy).what()).contains("SHA-256");
  }
}
