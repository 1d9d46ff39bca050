package dev.overseer.server.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Outcome;
import dev.overseer.model.InvalidRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedChecksTest {
  private static final String SOURCE =
      """
      package sample;
      import dev.overseer.checks.*;
      public class SampleChecks implements CheckModule {
        public record Booking(String id) {}
        public void declare(Checks checks) {
          checks.check("%s", Booking.class, booking -> Outcome.passed());
        }
      }
      """;

  record Booking(String id) {}

  @TempDir private Path directory = Path.of("");

  @Test
  void checks_of_two_jars_do_not_share_classes_though_they_bear_the_same_name() throws Exception {
    jar("one.jar", SOURCE.formatted("first-check"), true);
    jar("two.jar", SOURCE.formatted("second-check"), true);

    try (LoadedChecks loaded = LoadedChecks.find(List.of(), Optional.of(directory))) {
      List<CheckDefinition<?>> definitions = loaded.definitions();
      assertThat(loaded.problems()).isEmpty();
      assertThat(definitions)
          .extracting(it -> it.name().value())
          .containsExactly("first-check", "second-check");
      Class<?> first = definitions.get(0).viewType();
      assertThat(first.getName()).isEqualTo(definitions.get(1).viewType().getName());
      assertThat(first).isNotEqualTo(definitions.get(1).viewType());
    }
  }

  @Test
  void all_that_is_wrong_with_jars_is_reported_together() throws Exception {
    jar("a.jar", SOURCE.formatted("same"), true);
    jar("b.jar", SOURCE.formatted("same"), true);
    jar("no-service.jar", SOURCE.formatted("unseen"), false);
    jar("wrong-name.jar", SOURCE.formatted(" "), true);
    Files.writeString(directory.resolve("readme.txt"), "not a jar, and not looked at");

    try (LoadedChecks loaded = LoadedChecks.find(List.of(), Optional.of(directory))) {
      assertThat(loaded.problems())
          .hasSize(3)
          .anySatisfy(
              it ->
                  assertThat(it)
                      .contains("'same' is declared twice")
                      .contains("a.jar")
                      .contains("b.jar"))
          .anySatisfy(
              it ->
                  assertThat(it)
                      .contains("no-service.jar declares no checks")
                      .contains("META-INF/services/dev.overseer.checks.CheckModule"))
          .anySatisfy(it -> assertThat(it).contains("wrong-name.jar").contains("check name"));
    }
  }

  @Test
  void checks_given_by_the_program_need_no_jar() {
    CheckModule module = checks -> checks.check("given", Booking.class, _ -> Outcome.passed());

    try (LoadedChecks loaded = LoadedChecks.of(List.of(module))) {
      assertThat(loaded.definitions())
          .extracting(it -> it.view().value())
          .containsExactly("booking");
    }
  }

  @Test
  void a_directory_that_is_not_there_is_refused() {
    Path missing = directory.resolve("missing");

    assertThatThrownBy(() -> LoadedChecks.find(List.of(), Optional.of(missing)))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("checks.directory");
  }

  private void jar(String name, String source, boolean service) throws IOException {
    CompiledJar.write(directory.resolve(name), source, service);
  }
}
