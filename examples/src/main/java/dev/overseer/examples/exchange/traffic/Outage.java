package dev.overseer.examples.exchange.traffic;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away for a while from a mistake. */
final class Outage {
  private Outage() {}

  /** Connection lost or refused (08), or the server is stopping or starting (57P). */
  static boolean is(SQLException failure) {
    for (SQLException e = failure; e != null; e = next(e)) {
      @Nullable String state = e.getSQLState();
      if (state != null && (state.startsWith("08") || state.startsWith("57P"))) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable SQLException next(SQLException e) {
    if (e instanceof BatchUpdateException && e.getCause() instanceof SQLException cause) {
      return cause;
    }
    return e.getNextException();
  }
}
