package dev.overseer.server.commands;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** As of when something is read. */
final class AsOfOption {
  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description =
          "An effective time, 2026-01-31T08:00:00Z or 2026-01-31 for its beginning in UTC; that of"
              + " a source's position, ledger@16/B374D848;"
              + " covered, the last one at which nothing can change any more; or latest, the"
              + " default.")
  @Nullable String time;

  Optional<String> given() {
    return Optional.ofNullable(time);
  }
}
