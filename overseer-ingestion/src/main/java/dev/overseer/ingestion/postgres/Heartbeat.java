package dev.overseer.ingestion.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A message of ours in the server's log, outside of any transaction, so that nothing of it is
 * stored. That it comes back shows that our slot's log is decoded and sent up to there, and nothing
 * of any table: messages pass whatever a publication says.
 */
final class Heartbeat {
  private static final String PREFIX = "overseer.heartbeat";

  private static final String MAY =
      """
      SELECT coalesce(bool_and(has_function_privilege(oid, 'EXECUTE')), false) FROM pg_proc
      WHERE proname = 'pg_logical_emit_message' AND pronamespace = 'pg_catalog'::regnamespace
      """;

  private static final String BEAT = "SELECT pg_logical_emit_message(false, ?, ?)";

  private final PreparedStatement beat;

  private Heartbeat(PreparedStatement beat) {
    this.beat = beat;
  }

  /** Whether such a message is one of ours. */
  static boolean is(String prefix) {
    return prefix.equals(PREFIX);
  }

  /** Empty where the role may not write messages. */
  static Optional<Heartbeat> of(Connection connection, PostgresSource source) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(MAY)) {
      row.next();
      if (!row.getBoolean(1)) {
        return Optional.empty();
      }
    }
    PreparedStatement beat = connection.prepareStatement(BEAT);
    beat.setString(1, PREFIX);
    beat.setString(2, source.slot());
    return Optional.of(new Heartbeat(beat));
  }

  void beat() throws SQLException {
    beat.execute();
  }
}
