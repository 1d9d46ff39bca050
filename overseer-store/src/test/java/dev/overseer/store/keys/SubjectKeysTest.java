package dev.overseer.store.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectKeysTest {
  private static final MasterKey MASTER = master("0123456789abcdef0123456789abcdef");
  private static final Subject ANN = new Subject("customer", "ann");
  private static final Subject EVE = new Subject("customer", "eve");
  private static final byte[] TEXT = "a text of hers".getBytes(UTF_8);

  @TempDir private Path directory = Path.of("");

  @Test
  void equal_texts_of_one_subject_are_equal_and_of_others_are_not() {
    try (SubjectKeys keys = open()) {
      String token = token(keys, ANN);

      assertThat(token(keys, ANN)).isEqualTo(token);
      assertThat(keys.of(ANN).encrypt("another".getBytes(UTF_8))).isNotEqualTo(token);
      assertThat(token(keys, EVE)).isNotEqualTo(token);
      assertThat(token(keys, new Subject("agent", "ann"))).isNotEqualTo(token);
    }
  }

  @Test
  void what_was_encrypted_can_be_read_with_its_key_alone() {
    try (SubjectKeys keys = open()) {
      String token = token(keys, ANN);

      assertThat(keys.of(ANN).decrypt(token).map(it -> new String(it, UTF_8)))
          .contains("a text of hers");
      assertThat(keys.of(EVE).decrypt(token)).isEmpty();
      String altered = token.substring(0, token.length() - 4) + "AAAA";
      assertThat(keys.of(ANN).decrypt(altered)).isEmpty();
    }
  }

  @Test
  void keys_outlive_the_program() {
    String token;
    try (SubjectKeys keys = open()) {
      token = token(keys, ANN);
      keys.keep();
    }
    try (SubjectKeys keys = open()) {
      assertThat(token(keys, ANN)).isEqualTo(token);
    }
  }

  @Test
  void an_erased_key_is_gone_from_the_file_and_the_subject_gets_another_one() throws IOException {
    String token;
    String eves;
    byte[] wrapped;
    try (SubjectKeys keys = open()) {
      token = token(keys, ANN);
      eves = token(keys, EVE);
      keys.keep();
      wrapped = Arrays.copyOfRange(Files.readAllBytes(file()), 128 + 42, 128 + 42 + 60);
      keys.erase(keys.find(ANN).orElseThrow());

      assertThat(keys.isErased(token)).isTrue();
      assertThat(keys.isErased(token(keys, EVE))).isFalse();
      assertThat(token(keys, ANN)).isNotEqualTo(token);
      assertThat(keys.isErased(token(keys, ANN))).isFalse();
    }
    String file = new String(Files.readAllBytes(file()), ISO_8859_1);
    assertThat(file).doesNotContain(new String(wrapped, ISO_8859_1));
    try (SubjectKeys keys = open()) {
      assertThat(keys.isErased(token)).isTrue();
    }
    assertThat(ErasedKeys.read(file())).accepts(token).rejects(eves);
    assertThat(ErasedKeys.read(directory.resolve("none"))).rejects(token);
  }

  @Test
  void to_erase_again_does_nothing_to_a_newer_key() {
    try (SubjectKeys keys = open()) {
      token(keys, ANN);
      ErasedSubject erased = keys.find(ANN).orElseThrow();
      keys.erase(erased);
      assertThat(keys.find(ANN)).isEmpty();
      String newer = token(keys, ANN);

      keys.erase(erased);

      assertThat(keys.isErased(newer)).isFalse();
      assertThat(token(keys, ANN)).isEqualTo(newer);
    }
  }

  @Test
  void the_file_tells_neither_subjects_nor_keys() throws IOException {
    try (SubjectKeys keys = open()) {
      token(keys, ANN);
      keys.keep();
    }
    assertThat(new String(Files.readAllBytes(file()), ISO_8859_1))
        .doesNotContain("ann", "customer");
  }

  @Test
  void another_master_key_is_refused() {
    open().close();

    assertThatThrownBy(
            () ->
                SubjectKeys.open(
                    file(), master("another-key-of-32-characters-...."), new Random(2)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("another personalData.masterKey");
  }

  @Test
  void what_a_crash_tore_at_the_end_was_never_used() throws IOException {
    String token;
    try (SubjectKeys keys = open()) {
      token = token(keys, ANN);
      keys.keep();
      token(keys, EVE);
    }
    byte[] torn = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(torn, torn.length - 5));
    try (SubjectKeys keys = open()) {
      assertThat(token(keys, ANN)).isEqualTo(token);
      assertThat(keys.find(EVE)).isEqualTo(Optional.empty());
      token(keys, EVE);
      keys.keep();
    }
    open().close();
  }

  @Test
  void damage_to_what_was_durable_is_noticed() throws IOException {
    try (SubjectKeys keys = open()) {
      token(keys, ANN);
      keys.keep();
      token(keys, EVE);
      keys.keep();
    }
    byte[] bytes = Files.readAllBytes(file());
    bytes[128 + 50] ^= 1;
    Files.write(file(), bytes);

    assertThatThrownBy(this::open).isInstanceOf(CorruptStore.class).hasMessageContaining("Slot 0");
  }

  @Test
  void a_short_secret_is_refused() {
    assertThatThrownBy(() -> MasterKey.of("personalData.masterKey", "hunter2"))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("personalData.masterKey has 7 characters");
  }

  private SubjectKeys open() {
    return SubjectKeys.open(file(), MASTER, new Random(1));
  }

  private Path file() {
    return directory.resolve("keys/subjects");
  }

  private static MasterKey master(String secret) {
    return MasterKey.of("personalData.masterKey", secret);
  }

  private static String token(SubjectKeys keys, Subject subject) {
    return keys.of(subject).encrypt(TEXT);
  }
}
