package dev.overseer.server.reading;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a total of a view comes to, in one window.
 *
 * @param from of the window, inclusive; empty where the total has none
 * @param until exclusive
 * @param parts by currency, or whatever the total is kept apart by; without that there is one,
 *     whose name is empty
 * @param unknown why it cannot be told, if it cannot
 * @param updates the last that changed it, in source order
 */
public record TotalAnswer(
    Optional<Instant> from,
    Optional<Instant> until,
    List<Part> parts,
    Optional<String> unknown,
    List<Changing> updates) {
  public TotalAnswer {
    parts = List.copyOf(parts);
    updates = List.copyOf(updates);
  }

  /**
   * @param sum as text, so that nobody takes it for a binary floating point number
   */
  public record Part(String name, String sum, long count) {}

  /** An update, and the record that it changed. */
  public record Changing(String record, UpdateReading update) {}
}
