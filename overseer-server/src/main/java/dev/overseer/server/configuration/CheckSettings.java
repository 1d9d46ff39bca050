package dev.overseer.server.configuration;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where checks come from, besides the class path, and from when on a new one is judged.
 *
 * @param directory of jars, each with its checks and what they need
 */
public record CheckSettings(Optional<Path> directory, Start start) {

  /** From when on a check that was never active before is judged. */
  public enum Start {
    /** From its activation. */
    NOW,
    /** From the beginning of the log. */
    BEGINNING
  }

  public static CheckSettings defaults() {
    return new CheckSettings(Optional.empty(), Start.NOW);
  }
}
