package dev.overseer.runner;

import dev.overseer.model.CheckName;
import dev.overseer.runner.sweep.Sweeps;
import java.util.Optional;

/** What people decide of checks while they run, and who hears of those that are suspended. */
public interface Supervision {

  /** Asked at every step. */
  boolean isPaused(CheckName check);

  /** Whether a check that keeps erring is asked less. */
  boolean suspends();

  /** Why the check was suspended by an earlier runner, if it was and never resumed. */
  Optional<String> suspension(CheckName check);

  /**
   * A check is suspended. Repeated when the reason is another.
   *
   * @param why for people, with what to do
   */
  void suspended(CheckName check, String why);

  /** A check is not suspended, or not any more. */
  void resumed(CheckName check, String why);

  /** What is to be judged once more, or for the first time, though nothing happened to it. */
  default Sweeps sweeps() {
    return Sweeps.none();
  }

  /** For replays and simulations: every check is asked everything, always. */
  static Supervision none() {
    return new Supervision() {
      @Override
      public boolean isPaused(CheckName check) {
        return false;
      }

      @Override
      public boolean suspends() {
        return false;
      }

      @Override
      public Optional<String> suspension(CheckName check) {
        return Optional.empty();
      }

      @Override
      public void suspended(CheckName check, String why) {}

      @Override
      public void resumed(CheckName check, String why) {}
    };
  }
}
