package dev.overseer.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void a_secret_is_read_from_its_file_at_each_use_without_the_line_end() throws IOException {
    Path file = directory.resolve("password");
    Secret secret = new Secret.File(file);

    Files.writeString(file, "hunter2\n");
    assertThat(secret.reveal()).isEqualTo("hunter2");
    Files.writeString(file, "rotated");
    assertThat(secret.reveal()).isEqualTo("rotated");
  }

  @Test
  void a_secret_that_is_not_where_it_should_be_is_named_by_its_place() {
    assertThatThrownBy(() -> new Secret.File(directory.resolve("none")).reveal())
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("none");
    assertThatThrownBy(() -> new Secret.Environment("OVERSEER_TEST_UNSET").reveal())
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("OVERSEER_TEST_UNSET");
  }

  @Test
  void printing_settings_prints_no_secret() throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "hunter2");
    HttpSettings http =
        new HttpSettings(
            "127.0.0.1",
            0,
            Optional.of(Secret.of("hunter2")),
            Optional.of(new HttpSettings.Tls(Path.of("x"), new Secret.File(file))));

    assertThat(http.toString()).doesNotContain("hunter2").contains("***").contains("${file:");
  }
}
