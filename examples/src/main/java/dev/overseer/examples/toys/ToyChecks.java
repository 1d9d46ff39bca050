package dev.overseer.examples.toys;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Checks;
import dev.overseer.checks.Outcome;
import java.util.Optional;
import java.util.UUID;

/** What must be true of toys. */
public final class ToyChecks implements CheckModule {

  /** A toy, as its table has it. */
  public record Toy(UUID id, String type, Optional<String> color) {}

  /** A toy alone. */
  public record ToyAlone(Toy toy) {}

  @Override
  public void declare(Checks checks) {
    checks.check("toy-has-a-color", ToyAlone.class, ToyChecks::colored);
  }

  static Outcome colored(ToyAlone view) {
    return view.toy().color().isPresent()
        ? Outcome.passed()
        : Outcome.failed("no-color", "A toy has a color");
  }
}
