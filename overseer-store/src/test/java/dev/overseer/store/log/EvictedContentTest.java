package dev.overseer.store.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One record costs one block of the archive; who reads on gets larger pieces. */
class EvictedContentTest {
  private static final int BLOCK = 4000;

  @TempDir private Path directory;
  private final List<Integer> asked = new ArrayList<>();
  private byte[] whole = {};
  private Path segment = Path.of("");
  private BlockTable table = BlockTable.empty(0, 0);

  @BeforeEach
  void evict() throws IOException {
    LogSettings settings =
        LogSettings.of("test", new UUID(5, 6), () -> Instant.EPOCH).withBlockBytes(BLOCK / 16);
    Random random = new Random(3);
    try (SegmentedLog<String> log = SegmentedLog.open(directory, new TextCodec(), settings)) {
      for (int i = 0; i < 2000; i++) {
        log.append(Long.toHexString(random.nextLong()));
      }
      log.sync();
      log.seal();
      log.pack();
    }
    segment = SegmentNames.list(directory).getFirst();
    whole = Files.readAllBytes(segment);
    Segment local = new Segment(segment, new UUID(5, 6), 0, RemoteSegments.NONE);
    table = local.table();
    local.evict();
    assertThat(table.count()).isGreaterThan(5);
  }

  private EvictedContent open() {
    return EvictedContent.open(
        segment,
        (_, position, length) -> {
          asked.add(length);
          return Arrays.copyOfRange(whole, (int) position, (int) position + length);
        });
  }

  private byte[] block(EvictedContent content, int index) {
    byte[] bytes = content.read(table.position(index), table.length(index));
    int from = (int) table.position(index);
    assertThat(bytes).isEqualTo(Arrays.copyOfRange(whole, from, from + (int) table.length(index)));
    return bytes;
  }

  @Test
  void blocks_here_and_there_are_asked_for_alone() {
    try (EvictedContent content = open()) {
      for (int index : new int[] {4, 1, 3, 0}) {
        int length = block(content, index).length;
        assertThat(asked.getLast()).isEqualTo(length);
      }
      assertThat(asked).hasSize(4);
    }
  }

  @Test
  void blocks_one_after_the_other_come_in_one_piece() {
    try (EvictedContent content = open()) {
      for (int index = 0; index < table.count(); index++) {
        block(content, index);
      }
      assertThat(asked).hasSize(2);
    }
  }

  @Test
  void header_footer_and_length_are_known_without_asking() {
    try (EvictedContent content = open()) {
      assertThat(content.length()).isEqualTo(whole.length);
      assertThat(content.read(0, 40)).isEqualTo(Arrays.copyOf(whole, 40));
      int trailerAt = whole.length - SegmentFooter.TRAILER_LENGTH;
      assertThat(content.read(trailerAt, SegmentFooter.TRAILER_LENGTH))
          .isEqualTo(Arrays.copyOfRange(whole, trailerAt, whole.length));
      assertThat(asked).isEmpty();
    }
  }
}
