package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.Probe;
import dev.overseer.ingestion.SourceClock;
import dev.overseer.ingestion.SourceCondition;
import dev.overseer.ingestion.SourceLost;
import dev.overseer.model.Incarnation;
import dev.overseer.model.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a server's clock, and then what it is doing and where its log ends.
 *
 * <p>A walsender reads what is flushed, and what an open transaction has written is flushed with
 * the next commit, or after 15 seconds. On a server where nobody else commits the end of the log
 * would stay out of reach for so long, and the watermark with it. So where the end has stayed
 * unflushed for a while, this takes a transaction number, which makes the server flush; it writes
 * no data, and needs no right.
 */
public final class PostgresClock implements SourceClock {
  static final String CLOCK = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

  /** A statement of its own: its snapshot must be taken after the clock was read. */
  private static final String LOG_END =
      "SELECT pg_current_snapshot()::text, pg_current_wal_insert_lsn()::text,"
          + " pg_walfile_name(pg_current_wal_insert_lsn()), pg_current_wal_flush_lsn()::text";

  private static final String FLUSH = "SELECT pg_current_xact_id()";
  private static final long UNFLUSHED_MAX_MICROS = 500_000;

  private final Connections connections;
  private final Unflushed unflushed = new Unflushed();
  private @Nullable Open open;

  private record Open(
      Connection connection,
      String system,
      PreparedStatement clock,
      PreparedStatement logEnd,
      Inspection inspection,
      Optional<Heartbeat> heartbeat) {}

  public PostgresClock(PostgresSource source) {
    this.connections = new Connections(source);
  }

  @Override
  public Probe read() throws SourceLost {
    try {
      return read(open == null ? connect() : open);
    } catch (SQLException e) {
      close();
      throw connections.failure("read its clock", e);
    }
  }

  @Override
  public SourceCondition inspect() throws SourceLost {
    try {
      return (open == null ? connect() : open).inspection().run();
    } catch (SQLException e) {
      close();
      throw connections.failure("be looked at", e);
    }
  }

  @Override
  public void beat() throws SourceLost {
    try {
      Optional<Heartbeat> heartbeat = (open == null ? connect() : open).heartbeat();
      if (heartbeat.isPresent()) {
        heartbeat.get().beat();
      }
    } catch (SQLException e) {
      close();
      throw connections.failure("write a heartbeat", e);
    }
  }

  /** The end of the log when it was last found not to be flushed, and since when. */
  private static final class Unflushed {
    private Lsn end = Lsn.ZERO;
    private long sinceMicros;

    boolean isForLong(Lsn written, Lsn flushed, long micros) {
      if (flushed.compareTo(end) >= 0) {
        end = written;
        sinceMicros = micros;
      }
      return flushed.compareTo(end) < 0 && micros - sinceMicros > UNFLUSHED_MAX_MICROS;
    }
  }

  private Probe read(Open open) throws SQLException {
    long micros;
    try (ResultSet row = open.clock().executeQuery()) {
      row.next();
      micros = row.getLong(1);
    }
    try (ResultSet row = open.logEnd().executeQuery()) {
      row.next();
      Lsn written = Lsn.parse(row.getString(2));
      if (unflushed.isForLong(written, Lsn.parse(row.getString(4)), micros)) {
        flush(open);
      }
      return new Probe(
          incarnation(open.system(), row.getString(3)),
          micros,
          written,
          SnapshotText.parse(row.getString(1)).inProgress());
    }
  }

  /** A file of the log is named after its timeline first. */
  static Incarnation incarnation(String system, String walFile) {
    return new Incarnation(system, Long.parseLong(walFile.substring(0, 8), 16));
  }

  private static void flush(Open open) throws SQLException {
    try (Statement statement = open.connection().createStatement()) {
      statement.execute(FLUSH);
    }
  }

  private Open connect() throws SourceLost, SQLException {
    Connection connection = connections.forQuestions();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT system_identifier::text FROM pg_control_system()")) {
      row.next();
      Open opened =
          new Open(
              connection,
              row.getString(1),
              connection.prepareStatement(CLOCK),
              connection.prepareStatement(LOG_END),
              new Inspection(connection, row.getString(1), connections.source()),
              Heartbeat.of(connection, connections.source()));
      open = opened;
      return opened;
    } catch (SQLException e) {
      Connections.closeQuietly(connection);
      throw e;
    }
  }

  @Override
  public void close() {
    if (open != null) {
      Connections.closeQuietly(open.connection());
      open = null;
    }
  }
}
