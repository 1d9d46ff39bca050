package dev.overseer.ingestion.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.ingestion.SourceLost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path root;
  private SpoolDirectory directory;

  @BeforeEach
  void empty() throws Exception {
    directory = SpoolDirectory.emptied(root.resolve("spool"));
  }

  @Test
  void messages_come_back_in_order_over_many_blocks_and_suspensions() throws Exception {
    Spool spool = directory.create();
    for (int i = 0; i < 10_000; i++) {
      append(spool, i, "message " + i + " x".repeat(i % 50));
      if (i % 999 == 0) {
        spool.suspend();
      }
    }

    List<String> read = read(spool);
    assertThat(read).hasSize(10_000);
    assertThat(read.get(777)).isEqualTo("777/778 message 777" + " x".repeat(27));
  }

  @Test
  void a_message_larger_than_a_block_is_kept_whole() throws Exception {
    Spool spool = directory.create();
    append(spool, 1, "small");
    append(spool, 2, "x".repeat(1_000_000));
    append(spool, 3, "small");

    assertThat(read(spool)).hasSize(3).last().isEqualTo("3/4 small");
  }

  @Test
  void an_empty_one_has_no_message_and_no_file() throws Exception {
    Spool spool = directory.create();
    spool.suspend();

    assertThat(read(spool)).isEmpty();
    assertThat(files()).isEmpty();
    spool.delete();
  }

  @Test
  void every_bit_that_the_disk_changed_is_noticed() throws Exception {
    Spool spool = directory.create();
    append(spool, 1, "one");
    append(spool, 2, "two");
    spool.suspend();
    Path file = files().getFirst();
    byte[] sound = Files.readAllBytes(file);
    for (int bit = 0; bit < sound.length * 8; bit++) {
      byte[] damaged = sound.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, damaged);

      assertThatThrownBy(() -> read(spool)).as("bit %d", bit).isInstanceOf(SourceLost.class);
    }
  }

  @Test
  void a_file_cut_short_and_one_put_in_anothers_place_are_noticed() throws Exception {
    Spool spool = directory.create();
    append(spool, 1, "one");
    spool.suspend();
    append(spool, 2, "two");
    spool.suspend();
    Spool other = directory.create();
    append(other, 1, "one");
    other.suspend();
    List<Path> files = files();
    byte[] sound = Files.readAllBytes(files.getFirst());
    Files.write(files.getFirst(), Arrays.copyOf(sound, sound.length / 2));
    Files.write(files.getLast(), sound);

    assertThatThrownBy(() -> read(spool)).isInstanceOf(SourceLost.class);
    assertThatThrownBy(() -> read(other)).isInstanceOf(SourceLost.class);
  }

  @Test
  void a_disk_that_takes_no_more_gives_the_source_up_for_now() throws Exception {
    Spool spool = directory.create();
    Files.createDirectory(root.resolve("spool").resolve("0000000000.spool"));
    append(spool, 1, "one");

    assertThatThrownBy(spool::suspend)
        .isInstanceOf(SourceLost.class)
        .hasMessageContaining("0000000000.spool");
  }

  @Test
  void what_an_earlier_connection_left_is_removed() throws Exception {
    Spool spool = directory.create();
    append(spool, 1, "one");
    spool.suspend();
    assertThat(files()).hasSize(1);

    SpoolDirectory.emptied(root.resolve("spool"));
    assertThat(files()).isEmpty();
  }

  @Test
  void a_deleted_one_leaves_nothing() throws Exception {
    Spool spool = directory.create();
    append(spool, 1, "one");
    spool.suspend();
    assertThat(spool.bytes()).isPositive();

    spool.delete();
    assertThat(files()).isEmpty();
  }

  private static void append(Spool spool, int xid, String text) throws SourceLost {
    byte[] bytes = ("head" + text + "tail").getBytes(UTF_8);
    spool.append(xid, xid + 1L, bytes, 4, bytes.length - 4);
  }

  private static List<String> read(Spool spool) throws SourceLost {
    List<String> messages = new ArrayList<>();
    try (SpoolReader reader = spool.read()) {
      while (reader.next()) {
        messages.add(
            "%d/%d %s"
                .formatted(reader.xid(), reader.number(), new String(reader.message(), UTF_8)));
      }
    }
    return messages;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("spool"))) {
      return files.sorted().toList();
    }
  }
}
