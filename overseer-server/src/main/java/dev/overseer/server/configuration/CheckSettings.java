package dev.overseer.server.configuration;

import dev.overseer.model.CheckName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where checks come from, besides the class path, and from when on a new one is judged.
 *
 * @param directory of jars, each with its checks and what they need
 * @param start of checks that {@code starts} does not name
 * @param starts by check
 */
public record CheckSettings(
    Optional<Path> directory, CheckStart start, Map<CheckName, CheckStart> starts) {
  public CheckSettings {
    starts = Map.copyOf(starts);
  }

  public static CheckSettings defaults() {
    return new CheckSettings(Optional.empty(), CheckStart.NOW, Map.of());
  }

  /** From when on the check is judged, if it was never active before. */
  public CheckStart startOf(CheckName check) {
    return starts.getOrDefault(check, start);
  }
}
