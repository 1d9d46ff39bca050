package dev.overseer.bench.measure;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * One time that a benchmark is run.
 *
 * @param home the source tree
 * @param protocol for its comparisons
 * @param settings told, in words, what the figures depend on
 * @param smoke whether it is only to see that the benchmark works
 */
public record Occasion(Path home, Protocol protocol, Consumer<String> settings, boolean smoke) {

  /** Told how the benchmark gets on. */
  public Consumer<String> progress() {
    return protocol.progress();
  }
}
