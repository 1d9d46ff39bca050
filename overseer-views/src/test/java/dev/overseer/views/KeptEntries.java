package dev.overseer.views;

import dev.overseer.checks.Total;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bank's tables as they are after some changes, and totals for which every entry is read: what
 * to compare with.
 */
final class KeptEntries {
  final Map<String, Map<String, @Nullable String>> entries = new TreeMap<>();
  final Map<String, Map<String, @Nullable String>> statements = new TreeMap<>();

  /** A row was changed; columns that were not sent are not in {@code sent}. */
  sealed interface Change {
    record Put(String id, String newId, Map<String, @Nullable String> sent) implements Change {}

    /** The same of a statement, whose columns are always sent. */
    record Statement(String id, Map<String, @Nullable String> sent) implements Change {}

    record Delete(String id) implements Change {}

    record DeleteStatement(String id) implements Change {}

    record Truncate() implements Change {}
  }

  void apply(Change change) {
    switch (change) {
      case Change.Put(String id, String newId, Map<String, @Nullable String> sent) -> {
        Map<String, @Nullable String> row = new TreeMap<>(entries.getOrDefault(id, Map.of()));
        entries.remove(id);
        row.putAll(sent);
        entries.put(newId, row);
      }
      case Change.Statement(String id, Map<String, @Nullable String> sent) ->
          statements.put(id, sent);
      case Change.Delete(String id) -> entries.remove(id);
      case Change.DeleteStatement(String id) -> statements.remove(id);
      case Change.Truncate() -> entries.clear();
    }
  }

  /** Where an entry is by what is known of it. */
  record Place(Optional<String> account, Optional<LocalDate> day, boolean isTold) {}

  /** What is added up, and what must be known of a row for that. */
  record Asked(
      boolean byDay, Function<Map<String, @Nullable String>, Boolean> counts, String... needed) {}

  static final Asked SPENT = new Asked(true, _ -> true, "amount", "currency");
  static final Asked FEES = new Asked(false, KeptEntries::isFee, "kind");

  private static boolean isFee(Map<String, @Nullable String> row) {
    return !row.containsKey("kind")
        || "fee".equals(row.get("kind"))
        || "interest".equals(row.get("kind"));
  }

  /** Empty where the entry counts for nothing. */
  static Optional<Place> place(Asked asked, Map<String, @Nullable String> row) {
    boolean isNowhere = row.containsKey("account") && row.get("account") == null;
    boolean isNever = asked.byDay() && row.containsKey("booked_at") && row.get("booked_at") == null;
    if (isNowhere || isNever || !asked.counts().apply(row)) {
      return Optional.empty();
    }
    boolean isTold = true;
    for (String column : asked.needed()) {
      isTold &= row.containsKey(column);
    }
    return Optional.of(
        new Place(
            Optional.ofNullable(row.get("account")),
            Optional.ofNullable(row.get("booked_at")).map(KeptEntries::day),
            isTold));
  }

  private static LocalDate day(String timestamp) {
    return LocalDate.parse(timestamp.substring(0, 10));
  }

  static LocalDate dayOf(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate();
  }

  /** Empty where it cannot be told. */
  Optional<SortedMap<String, Total.Part>> read(Asked asked, String account, LocalDate day) {
    SortedMap<String, Total.Part> parts = new TreeMap<>();
    for (Map<String, @Nullable String> row : entries.values()) {
      Place place = place(asked, row).orElse(null);
      if (place == null || !place.account().orElse(account).equals(account)) {
        continue;
      }
      if (place.account().isEmpty() || (asked.byDay() && place.day().isEmpty())) {
        return Optional.empty();
      }
      if (asked.byDay() && !place.day().get().equals(day)) {
        continue;
      }
      if (!place.isTold()) {
        return Optional.empty();
      }
      add(asked, row, parts);
    }
    return Optional.of(parts);
  }

  private static void add(
      Asked asked, Map<String, @Nullable String> row, SortedMap<String, Total.Part> parts) {
    String part = asked.byDay() ? Objects.requireNonNullElse(row.get("currency"), "") : "";
    BigDecimal amount =
        asked.byDay() && row.get("amount") != null
            ? new BigDecimal(row.get("amount"))
            : BigDecimal.ZERO;
    Total.Part before = parts.getOrDefault(part, new Total.Part(BigDecimal.ZERO, 0));
    parts.put(part, new Total.Part(before.sum().add(amount), before.count() + 1));
  }
}
