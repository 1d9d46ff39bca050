package dev.overseer.runner.projection;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvariantViolated;
import dev.overseer.runner.journal.JournalCodec;
import dev.overseer.runner.journal.JournalEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of ours in SQL's columns. */
final class Columns {
  private static final JournalCodec CODEC = new JournalCodec();

  private Columns() {}

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static @Nullable Long micros(Optional<Instant> instant) {
    return instant.map(Columns::micros).orElse(null);
  }

  static @Nullable Long microsOf(Optional<Duration> duration) {
    return duration.map(some -> some.dividedBy(ChronoUnit.MICROS.getDuration())).orElse(null);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.EPOCH.plus(row.getLong(column), ChronoUnit.MICROS);
  }

  static Optional<Instant> findInstant(ResultSet row, String column) throws SQLException {
    Instant instant = instant(row, column);
    return row.wasNull() ? Optional.empty() : Optional.of(instant);
  }

  static Duration duration(ResultSet row, String column) throws SQLException {
    return Duration.of(row.getLong(column), ChronoUnit.MICROS);
  }

  static EffectiveTime effectiveTime(ResultSet row, String column) throws SQLException {
    return new EffectiveTime(row.getLong(column));
  }

  static byte[] bytes(JournalEntry entry) {
    return CODEC.encode(entry);
  }

  static <E extends JournalEntry> E entry(ResultSet row, String column, Class<E> kind)
      throws SQLException {
    byte[] bytes = row.getBytes(column);
    JournalEntry entry = CODEC.decode(bytes, 0, bytes.length);
    if (!kind.isInstance(entry)) {
      throw new InvariantViolated("Column " + column + " holds " + entry);
    }
    return kind.cast(entry);
  }
}
