package dev.overseer.server.loading;

import dev.overseer.checks.Check;
import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Checks;
import dev.overseer.model.CheckName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What check modules declare, with what is wrong about it. */
final class DeclaredChecks {
  private final Map<CheckName, Declared> declared = new LinkedHashMap<>();
  private final List<String> problems;

  private record Declared(CheckDeclaration<?> declaration, String origin) {}

  DeclaredChecks(List<String> problems) {
    this.problems = problems;
  }

  /**
   * @param origin where the module was found, for people
   */
  void declare(CheckModule module, String origin) {
    try {
      module.declare(checksOf(origin));
    } catch (RuntimeException | LinkageError e) {
      problems.add("%s failed to declare its checks: %s".formatted(origin, e));
    }
  }

  List<CheckDefinition<?>> definitions() {
    return declared.values().stream()
        .<CheckDefinition<?>>map(it -> it.declaration().definition())
        .toList();
  }

  private Checks checksOf(String origin) {
    return new Checks() {
      @Override
      public <V> CheckDeclaration<V> check(String name, Class<V> viewType, Check<V> check) {
        CheckDeclaration<V> declaration =
            new CheckDeclaration<>(new CheckName(name), viewType, check);
        Declared first =
            declared.putIfAbsent(new CheckName(name), new Declared(declaration, origin));
        if (first != null) {
          problems.add(
              "The check '%s' is declared twice: by %s and by %s"
                  .formatted(name, first.origin(), origin));
        }
        return declaration;
      }
    };
  }
}
