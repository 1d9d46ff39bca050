package dev.overseer.server.reading;

import java.util.List;
import java.util.Optional;

/**
 * Which record, or which view of which root, is asked for, and as of when, in the words of whoever
 * asks.
 *
 * @param name of the model or view
 * @param key the parts of the key separated by commas; passed over where there are {@code columns}
 * @param columns the parts of the key as {@code column=value}, in any order
 * @param asOf a time, a day, a source's position, {@code latest} or {@code covered}; empty is the
 *     latest
 * @param knownAt an offset of the log: only what was stored before it counts; empty is everything
 */
public record Question(
    String name,
    String key,
    List<String> columns,
    Optional<String> asOf,
    Optional<String> knownAt) {
  public Question {
    columns = List.copyOf(columns);
  }

  /** The latest of one record or view. */
  public static Question latest(String name, String key) {
    return new Question(name, key, List.of(), Optional.empty(), Optional.empty());
  }

  public Question asOf(String time) {
    return new Question(name, key, columns, Optional.of(time), knownAt);
  }

  public Question knownAt(String offset) {
    return new Question(name, key, columns, asOf, Optional.of(offset));
  }
}
