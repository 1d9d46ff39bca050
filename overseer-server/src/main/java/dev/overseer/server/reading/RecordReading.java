package dev.overseer.server.reading;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record at the cut.
 *
 * @param record {@code withdrawal/42}
 * @param state {@code present}, {@code deleted}, {@code never-seen} or {@code unreadable}
 * @param reason why it is in a state other than present, where there is something to say
 * @param columns of a present record, in the order of its table
 * @param updates those that its values come from, and its last one, in source order
 */
public record RecordReading(
    String record,
    String model,
    List<String> key,
    String state,
    Optional<String> reason,
    Map<String, ColumnReading> columns,
    List<UpdateReading> updates) {
  static final String PRESENT = "present";
  static final String DELETED = "deleted";
  static final String NEVER_SEEN = "never-seen";
  static final String UNREADABLE = "unreadable";

  public RecordReading {
    key = List.copyOf(key);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    updates = List.copyOf(updates);
  }

  /**
   * A column's value.
   *
   * @param value as in a transcript: numbers are text, and what is not known is an object that says
   *     why, never null
   * @param status {@code known} (the last update sent it), {@code carried} (an earlier one did),
   *     {@code null}, {@code unknown} or {@code dropped}
   * @param update the log offset of the change that sent it; empty when none did
   * @param treated {@code hash}, {@code encrypt} or {@code drop}: what was done with it before it
   *     was stored
   */
  public record ColumnReading(
      @Nullable Object value, String status, Optional<Long> update, Optional<String> treated) {
    static final String KNOWN = "known";
    static final String CARRIED = "carried";
    static final String NULL = "null";
    static final String UNKNOWN = "unknown";
    static final String DROPPED = "dropped";
  }
}
