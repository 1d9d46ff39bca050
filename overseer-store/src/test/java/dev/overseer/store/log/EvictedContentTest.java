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
  private static final int RECORDS = 20_000;

  /** So much of its end is asked for at once. */
  private static final int END = 64 << 10;

  private static final EvictedSegments NONE_EVICTED =
      new EvictedSegments(Path.of(""), RemoteSegments.NONE);

  @TempDir private Path directory;
  private final List<Integer> asked = new ArrayList<>();
  private byte[] whole = {};
  private BlockTable table = BlockTable.empty(0, 0);
  private Segment segment = new Segment(Path.of(""), new UUID(0, 0), 0, NONE_EVICTED);

  @BeforeEach
  void evict() throws IOException {
    LogSettings settings =
        LogSettings.of("test", new UUID(5, 6), () -> Instant.EPOCH).withBlockBytes(BLOCK / 16);
    Random random = new Random(3);
    try (SegmentedLog<String> log = SegmentedLog.open(directory, new TextCodec(), settings)) {
      for (int i = 0; i < RECORDS; i++) {
        log.append(Long.toHexString(random.nextLong()));
      }
      log.sync();
      log.seal();
      log.pack();
    }
    whole = Files.readAllBytes(SegmentNames.of(directory, 0));
    segment = new Segment(directory, new UUID(5, 6), 0, NONE_EVICTED);
    table = segment.table();
    assertThat(table.position(4) + table.length(4)).isLessThan(whole.length - END);
  }

  private EvictedContent open() {
    return new EvictedContent(
        segment.sealed(RECORDS),
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
      assertThat(asked).hasSize(3);
    }
  }

  @Test
  void the_footer_comes_at_once() {
    try (EvictedContent content = open()) {
      assertThat(content.length()).isEqualTo(whole.length);
      int trailerAt = whole.length - SegmentFooter.TRAILER_LENGTH;
      assertThat(content.read(trailerAt, SegmentFooter.TRAILER_LENGTH))
          .isEqualTo(Arrays.copyOfRange(whole, trailerAt, whole.length));
      content.read(SegmentFooter.position(content.read(trailerAt, 36)), 100);
      assertThat(asked).containsExactly(END);
    }
  }

  @Test
  void behind_the_end_there_is_nothing() {
    try (EvictedContent content = open()) {
      assertThat(content.read(whole.length, 1)).isEmpty();
      assertThat(content.read(whole.length - 2, 10)).hasSize(2);
    }
  }
}
