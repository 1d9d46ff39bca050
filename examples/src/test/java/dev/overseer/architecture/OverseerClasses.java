package dev.overseer.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/** What the rules are checked against, and how packages are named after modules. */
final class OverseerClasses {
  static final String ROOT = "dev.overseer";

  /** The modules on the class path of the rules; {@code bench} depends on all and none on it. */
  static final List<String> MODULES =
      List.of(
          "model",
          "store",
          "formats",
          "ingestion",
          "views",
          "checks",
          "runner",
          "server",
          "testkit",
          "examples");

  /** Everything that is not a test, whether modules are directories or jars. */
  static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages(ROOT);

  static final JavaClasses OFFENDERS =
      new ClassFileImporter().importPackages(ROOT + ".architecture.offenders");

  private OverseerClasses() {}

  static String packagesOf(String module) {
    return ROOT + "." + module + "..";
  }

  static String[] packagesOf(List<String> modules) {
    return modules.stream().map(OverseerClasses::packagesOf).toArray(String[]::new);
  }
}
