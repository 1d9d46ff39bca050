package dev.overseer.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.overseer.architecture.OverseerClasses.MODULES;
import static dev.overseer.architecture.OverseerClasses.PRODUCTION;
import static dev.overseer.architecture.OverseerClasses.ROOT;
import static dev.overseer.architecture.OverseerClasses.packagesOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModulesTest {

  /** Which modules a module may know, besides itself. The server and the examples know all. */
  private static final Map<String, List<String>> EDGES =
      Map.of(
          "model", List.of(),
          "checks", List.of("model"),
          "store", List.of("model"),
          "formats", List.of("model"),
          "ingestion", List.of("model", "store", "formats"),
          "views", List.of("model", "store", "formats", "checks"),
          "runner", List.of("model", "store", "views", "checks"),
          "server", List.of("model", "store", "formats", "ingestion", "views", "checks", "runner"),
          "testkit", List.of("model"),
          "examples", MODULES);

  static List<String> modules() {
    return MODULES;
  }

  @Test
  void every_module_is_seen_by_these_rules() {
    Set<String> seen =
        PRODUCTION.stream()
            .map(JavaClass::getPackageName)
            .map(name -> name.substring(ROOT.length() + 1).split("\\.", 2)[0])
            .collect(Collectors.toSet());

    assertThat(seen).containsExactlyInAnyOrderElementsOf(MODULES);
    assertThat(EDGES.keySet()).containsExactlyInAnyOrderElementsOf(MODULES);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void a_module_knows_only_the_modules_it_may(String module) {
    List<String> known = EDGES.getOrDefault(module, List.of());

    classes()
        .that(resideInAPackage(packagesOf(module)))
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage(ROOT + "..")
                .or(resideInAPackage(packagesOf(module)))
                .or(resideInAnyPackage(packagesOf(known))))
        .check(PRODUCTION);
  }

  @Test
  void packages_form_no_cycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(PRODUCTION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.postgresql",
        "org.rocksdb",
        "software.amazon",
        "org.sqlite",
        "io.javalin",
        "picocli",
        "org.snakeyaml",
        "org.apache.parquet"
      })
  void a_client_library_is_imported_in_one_package_only(String library) {
    Set<String> importers =
        PRODUCTION.that(resideOutsideOfPackage(packagesOf("testkit"))).stream()
            .filter(importer -> !importer.getPackageName().startsWith(ROOT + ".examples"))
            .filter(importer -> uses(importer, library))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());

    assertThat(importers).hasSizeLessThanOrEqualTo(1);
  }

  private static boolean uses(JavaClass importer, String library) {
    return importer.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getPackageName() + ".")
        .anyMatch(name -> name.startsWith(library + "."));
  }
}
