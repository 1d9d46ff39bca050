package dev.overseer.server.configuration;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** From when on a check that was never active before is judged. */
public sealed interface CheckStart {

  /** From its activation. */
  record Now() implements CheckStart {}

  /** From the beginning of the log. */
  record Beginning() implements CheckStart {}

  /** From this effective time. */
  record At(Instant time) implements CheckStart {}

  CheckStart NOW = new Now();
  CheckStart BEGINNING = new Beginning();

  /** What the word or the time means; empty when it is neither. */
  static Optional<CheckStart> parse(String text) {
    return switch (text) {
      case "now" -> Optional.of(NOW);
      case "beginning" -> Optional.of(BEGINNING);
      default -> {
        try {
          yield Optional.of(new At(Instant.parse(text)));
        } catch (DateTimeException noTime) {
          yield Optional.empty();
        }
      }
    };
  }
}
