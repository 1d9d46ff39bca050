package dev.overseer.examples.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.overseer.checks.Check;
import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.Checks;
import dev.overseer.examples.exchange.traffic.Breakage;
import dev.overseer.model.CheckName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewName;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.configuration.SourceSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExchangeFilesTest {
  private final Configuration configuration =
      Configuration.parse(
          "overseer.yaml",
          ExchangeFiles.configuration(
              "jdbc:postgresql://127.0.0.1:1/postgres", "jdbc:postgresql://127.0.0.1:2/postgres"),
          Path.of("."));

  @Test
  void the_configuration_names_both_databases() {
    assertThat(configuration.sources())
        .extracting(source -> source.name().value(), SourceSettings::url)
        .containsExactly(
            tuple("payments", "jdbc:postgresql://127.0.0.1:1/postgres"),
            tuple("ledger", "jdbc:postgresql://127.0.0.1:2/postgres"));
  }

  @Test
  void every_check_has_its_view() {
    assertThat(checks())
        .extracting(check -> check.definition().view())
        .isSubsetOf(configuration.definitions().views().stream().map(ViewDefinition::name).toList())
        .contains(new ViewName("withdrawal-booking"));
  }

  @Test
  void every_breakage_is_found_by_a_check_that_exists() {
    assertThat(Stream.of(Breakage.values()).map(kind -> new CheckName(kind.check())))
        .isSubsetOf(checks().stream().map(check -> check.definition().name()).toList());
  }

  private static List<CheckDeclaration<?>> checks() {
    List<CheckDeclaration<?>> declared = new ArrayList<>();
    new ExchangeChecks()
        .declare(
            new Checks() {
              @Override
              public <V> CheckDeclaration<V> check(String name, Class<V> viewType, Check<V> check) {
                CheckDeclaration<V> declaration =
                    new CheckDeclaration<>(new CheckName(name), viewType, check);
                declared.add(declaration);
                return declaration;
              }
            });
    return declared;
  }
}
