package dev.overseer.server.commands;

import dev.overseer.model.InvalidRequest;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options of an action, beside those that every action has. */
sealed interface ActionDetails {

  Optional<String> reason();

  Optional<Long> minutes();

  @Command
  final class Note implements ActionDetails {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    @Nullable String reason;

    @Override
    public Optional<String> reason() {
      return Optional.ofNullable(reason);
    }

    @Override
    public Optional<Long> minutes() {
      return Optional.empty();
    }
  }

  @Command
  final class Because implements ActionDetails {
    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why, for those who look at it later.")
    String reason = "";

    @Override
    public Optional<String> reason() {
      return Optional.of(reason);
    }

    @Override
    public Optional<Long> minutes() {
      return Optional.empty();
    }
  }

  @Command
  final class Span implements ActionDetails {
    @Option(
        names = "--for",
        required = true,
        paramLabel = "DURATION",
        description = "For how long: 30m, 2h, 1d.")
    String duration = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    @Nullable String reason;

    @Override
    public Optional<String> reason() {
      return Optional.ofNullable(reason);
    }

    @Override
    public Optional<Long> minutes() {
      String upper = duration.toUpperCase(Locale.ROOT);
      try {
        String iso = upper.endsWith("D") ? "P" + upper : "PT" + upper;
        return Optional.of(Duration.parse(iso).toMinutes());
      } catch (DateTimeParseException e) {
        throw new InvalidRequest("--for is a duration as 30m, 2h or 1d, not " + duration, e);
      }
    }
  }
}
