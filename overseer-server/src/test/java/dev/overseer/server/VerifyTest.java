package dev.overseer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.server.commands.OverseerCommand;
import dev.overseer.store.archive.Archiving;
import dev.overseer.store.archive.LocalRoom;
import dev.overseer.store.archive.Referred;
import dev.overseer.store.archive.SegmentArchive;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.SegmentedLog;
import dev.overseer.store.objects.FileObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code overseer verify} as its user meets it. */
class VerifyTest {
  private static final int OK = 0;
  private static final int DAMAGED = 1;
  private static final int INVALID = 2;

  @TempDir private Path directory;
  private Path data;
  private Path archive;
  private Path heads;
  private Path privateKey;
  private Path publicKey;
  private String config;
  private String out = "";

  @BeforeEach
  void write() throws Exception {
    data = directory.resolve("data");
    archive = directory.resolve("archive");
    heads = directory.resolve("heads.txt");
    write("updates", 300);
    write("journal", 200);
    Path file = directory.resolve("overseer.yaml");
    Files.writeString(
        file,
        """
        dataDirectory: %s
        storage: { archive: { directory: %s } }
        sources: { payments: { type: postgres, url: "jdbc:postgresql://db/payments" } }
        models: { withdrawal: { source: payments, table: public.withdrawals, key: id } }
        views: { withdrawal-alone: { root: withdrawal } }
        """
            .formatted(data, archive));
    config = file.toString();
    writeKeys();
  }

  private void write(String name, int records) {
    LogSettings settings =
        LogSettings.of(name, UUID.randomUUID(), () -> Instant.EPOCH).withSegmentBytes(2000);
    try (SegmentedLog<String> log = SegmentedLog.open(data.resolve(name), new Texts(), settings);
        FileObjectStore store = new FileObjectStore(archive)) {
      Archiving archiving =
          new Archiving(
              log,
              Referred.NOTHING,
              new SegmentArchive(store, name),
              new Archiving.Limits(Duration.ofDays(1), LocalRoom.ofBytes(Long.MAX_VALUE)),
              new Unheard(),
              () -> Instant.EPOCH);
      for (int i = 0; i < records; i++) {
        log.append("record-" + i);
        log.sync();
      }
      while (log.pack() || archiving.step()) {
        // Until all sealed segments are packed and archived.
      }
    }
  }

  private void writeKeys() throws GeneralSecurityException, IOException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    privateKey = pem("private.pem", "PRIVATE KEY", pair.getPrivate().getEncoded());
    publicKey = pem("public.pem", "PUBLIC KEY", pair.getPublic().getEncoded());
  }

  private Path pem(String name, String kind, byte[] encoded) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(encoded);
    return Files.writeString(
        directory.resolve(name),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, body, kind));
  }

  private int verify(String... options) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    String[] words =
        Stream.concat(Stream.of("verify", "--config", config), Stream.of(options))
            .toArray(String[]::new);
    int code = OverseerCommand.execute(new ServerProgram(), List.of(), writer, writer, words);
    out = text.toString();
    return code;
  }

  private static Path segment(Path log, int index) throws IOException {
    try (Stream<Path> files = Files.list(log)) {
      return files
          .filter(file -> file.toString().endsWith(".segment"))
          .sorted()
          .toList()
          .get(index);
    }
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 0x10;
    Files.write(file, bytes);
  }

  @Test
  void logs_as_they_were_written_are_sound_on_the_disk_and_in_the_archive() {
    assertThat(verify()).isEqualTo(OK);
    assertThat(out).containsPattern("updates +300 ").contains("As it was.");
    assertThat(verify("--archive")).isEqualTo(OK);
    assertThat(out).contains("updates").contains("journal").contains("As it was.");
  }

  @Test
  void damage_is_told_by_its_first_record_on_the_disk_and_in_the_archive() throws IOException {
    Path local = segment(data.resolve("journal"), 1);
    long first = Long.parseLong(local.getFileName().toString().substring(0, 20));
    flip(local, 90);
    assertThat(verify()).isEqualTo(DAMAGED);
    assertThat(out)
        .contains("DAMAGED: the log 'journal' from the record at offset " + first + " on: ")
        .contains(local.getFileName().toString());
    assertThat(verify("--archive")).isEqualTo(OK);

    flip(segment(archive.resolve("updates"), 0), 200);
    assertThat(verify("--archive")).isEqualTo(DAMAGED);
    assertThat(out).contains("DAMAGED: the log 'updates' from the record at offset 0 on");
  }

  @Test
  void segments_cut_off_the_end_of_an_archive_are_missed_by_who_kept_its_head() throws IOException {
    assertThat(verify("--archive", "--write-heads", heads.toString())).isEqualTo(OK);
    try (Stream<Path> files = Files.list(archive.resolve("updates"))) {
      Files.delete(files.sorted().toList().getLast());
    }

    assertThat(verify("--archive")).isEqualTo(OK);
    assertThat(verify("--archive", "--heads", heads.toString())).isEqualTo(DAMAGED);
    assertThat(out).contains("the log 'updates' does not contain the head that was kept");
  }

  @Test
  void signed_heads_are_still_contained_when_the_logs_have_grown() {
    String file = heads.toString();
    assertThat(verify("--write-heads", file, "--sign", privateKey.toString())).isEqualTo(OK);
    write("updates", 100);

    assertThat(verify("--heads", file, "--trust", publicKey.toString())).isEqualTo(OK);
    assertThat(out).contains("and as it was kept on 20");
  }

  @Test
  void heads_or_a_signature_with_any_wrong_byte_are_refused() throws IOException {
    String file = heads.toString();
    verify("--write-heads", file, "--sign", privateKey.toString());
    for (Path altered : List.of(heads, heads.resolveSibling("heads.txt.sig"))) {
      byte[] bytes = Files.readAllBytes(altered);
      for (int at = 0; at < bytes.length; at += 7) {
        flip(altered, at);
        assertThat(verify("--heads", file, "--trust", publicKey.toString()))
            .as("%s, byte %d: %s", altered, at, out)
            .isEqualTo(INVALID);
        flip(altered, at);
      }
    }
    assertThat(verify("--heads", file, "--trust", publicKey.toString())).isEqualTo(OK);
  }

  @Test
  void a_key_of_another_kind_or_no_file_is_told() throws IOException {
    Files.writeString(heads, "nothing of ours", UTF_8);
    assertThat(verify("--heads", heads.toString())).isEqualTo(INVALID);
    assertThat(out).contains("this is no file of heads");
    assertThat(verify("--write-heads", heads.toString(), "--sign", config)).isEqualTo(INVALID);
    assertThat(out).contains("holds no '-----BEGIN PRIVATE KEY-----'");
    assertThat(verify("--heads", directory.resolve("none").toString())).isEqualTo(INVALID);
    assertThat(out).contains("There is no file");
  }
}
