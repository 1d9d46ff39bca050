package dev.overseer.server.configuration;

import dev.overseer.model.CheckName;
import dev.overseer.runner.journal.CheckMode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where checks come from, besides the class path, and from when on a new one is judged.
 *
 * @param directory of jars, each with its checks and what they need
 * @param start of checks that {@code starts} does not name
 * @param starts by check
 * @param modes of those checks that are not to be active, by name
 * @param sweeps of roots that nothing triggers
 */
public record CheckSettings(
    Optional<Path> directory,
    CheckStart start,
    Map<CheckName, CheckStart> starts,
    Map<String, Mode> modes,
    SweepSettings sweeps) {
  public CheckSettings {
    starts = Map.copyOf(starts);
    modes = Map.copyOf(modes);
  }

  /**
   * What is done of a check.
   *
   * @param place in the file, for people
   */
  public record Mode(CheckMode mode, String place) {}

  public CheckMode mode(CheckName check) {
    Mode mode = modes.get(check.value());
    return mode == null ? CheckMode.ACTIVE : mode.mode();
  }

  public static CheckSettings defaults() {
    return new CheckSettings(
        Optional.empty(), CheckStart.NOW, Map.of(), Map.of(), SweepSettings.defaults());
  }

  /** From when on the check is judged, if it was never active before. */
  public CheckStart startOf(CheckName check) {
    return starts.getOrDefault(check, start);
  }
}
