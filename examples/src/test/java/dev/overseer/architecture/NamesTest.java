package dev.overseer.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.overseer.architecture.OverseerClasses.OFFENDERS;
import static dev.overseer.architecture.OverseerClasses.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Names that say nothing attract what belongs elsewhere. */
class NamesTest {
  private static final ArchRule PACKAGES_SAY_WHAT_THEY_HOLD =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..common..", "..core..", "..impl..", "..helper..", "..manager..");

  /** Postgres itself calls one kind of its protocol's messages "Message". */
  private static final ArchRule CLASSES_SAY_WHAT_THEY_ARE =
      classes()
          .that()
          .resideOutsideOfPackage("dev.overseer.formats.pgoutput..")
          .should()
          .haveNameNotMatching(
              ".*(Event|Message|Payload|Data|Info|Manager|Processor|Handler|Utils?|Helper|Impl)")
          .andShould()
          .haveNameNotMatching(".*[.$]Abstract[A-Z].*");

  @Test
  void no_package_has_a_name_that_anything_would_fit_in() {
    PACKAGES_SAY_WHAT_THEY_HOLD.check(PRODUCTION);
  }

  @Test
  void no_class_has_a_name_that_anything_would_fit_in() {
    CLASSES_SAY_WHAT_THEY_ARE.check(PRODUCTION);
  }

  @Test
  void a_class_of_a_forbidden_name_is_caught() {
    assertThatThrownBy(() -> CLASSES_SAY_WHAT_THEY_ARE.check(OFFENDERS))
        .hasMessageContaining("StateManager");
  }
}
