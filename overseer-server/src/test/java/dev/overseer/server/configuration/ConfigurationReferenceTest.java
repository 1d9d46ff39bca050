package dev.overseer.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference page for people says what the program reads, no more and no less. */
class ConfigurationReferenceTest {
  private static final Path PAGE = Path.of("../docs/reference/configuration.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.<>]+)` \\|");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

  @Test
  void every_key_is_documented_and_nothing_else() throws IOException {
    List<String> documented =
        ROW.matcher(Files.readString(PAGE))
            .results()
            .map(row -> row.group(1).replaceAll("<\\w+>", "*"))
            .toList();

    assertThat(documented).containsExactlyInAnyOrderElementsOf(Configuration.keys());
  }

  @Test
  void the_example_is_valid() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(PAGE));

    assertThat(example.find()).isTrue();
    Configuration configuration =
        Configuration.parse("example", example.group(1), Path.of("/etc/overseer"));
    assertThat(configuration.sources()).isNotEmpty();
  }
}
