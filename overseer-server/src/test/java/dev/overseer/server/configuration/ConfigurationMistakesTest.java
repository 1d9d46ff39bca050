package dev.overseer.server.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.overseer.model.InvalidRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each {@code NAME.yaml} beside this test is wrong in the ways that {@code NAME.txt} says. */
class ConfigurationMistakesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shape",
        "canary",
        "values",
        "names",
        "joins",
        "totals",
        "paths",
        "secrets",
        "not-yaml",
        "server",
        "modes",
        "sweeps",
        "storage",
        "archive",
        "treat",
        "twice",
        "empty"
      })
  void every_mistake_is_reported_at_once_with_its_place_and_a_suggestion(String name)
      throws IOException {
    String text = resource(name + ".yaml");

    InvalidRequest refused =
        catchThrowableOfType(
            InvalidRequest.class,
            () -> Configuration.parse(name + ".yaml", text, Path.of("/etc/overseer")));

    assertThat(refused).isNotNull();
    assertThat(refused.getMessage() + "\n").isEqualTo(resource(name + ".txt"));
    assertThat(refused.getMessage()).doesNotContain("hunter2");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ConfigurationMistakesTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
