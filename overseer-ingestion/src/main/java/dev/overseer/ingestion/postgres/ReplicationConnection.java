package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.Ancestor;
import dev.overseer.ingestion.SourceLost;
import dev.overseer.ingestion.SourceStream;
import dev.overseer.ingestion.Upstream;
import dev.overseer.ingestion.spool.SpoolDirectory;
import dev.overseer.model.Incarnation;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Lsn;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyDual;
import org.postgresql.jdbc.PgConnection;

/** A connection to a server's walsender, with the slot that retains the server's log for us. */
final class ReplicationConnection implements Upstream.Connection {
  private static final int SILENCE_MAX_MILLIS = 30_000;
  private static final int FAILOVER_SLOTS_FROM = 17;

  private final Connections connections;
  private final PostgresSource source;
  private final PgConnection connection;
  private final Path spools;
  private final Treating treating;
  private final InstantSource clock;
  private final Incarnation incarnation;
  private final Lsn end;
  private final Slot slot;
  private final Set<TableName> added;

  private record Identity(Incarnation incarnation, Lsn end) {}

  /** What the server holds under our slot's name. */
  private sealed interface Slot {
    record None() implements Slot {}

    /** It exists, but its log is gone, or it was never finished. */
    record Useless(String why) implements Slot {}

    record Retaining(Lsn position) implements Slot {}
  }

  private ReplicationConnection(
      Connections connections,
      PgConnection connection,
      Set<TableName> added,
      Path spools,
      Treating treating,
      InstantSource clock)
      throws SQLException {
    this.added = added;
    this.treating = treating;
    this.connections = connections;
    this.source = connections.source();
    this.connection = connection;
    this.spools = spools;
    this.clock = clock;
    Identity identity = identify();
    this.incarnation = identity.incarnation();
    this.end = identity.end();
    this.slot = findSlot();
  }

  static ReplicationConnection open(
      Connections connections,
      Set<TableName> added,
      Path spools,
      Treating treating,
      InstantSource clock)
      throws SourceLost {
    PgConnection connection = connections.forReplication();
    try {
      return new ReplicationConnection(connections, connection, added, spools, treating, clock);
    } catch (SQLException e) {
      Connections.closeQuietly(connection);
      throw connections.failure("identify its server", e);
    } catch (RuntimeException e) {
      Connections.closeQuietly(connection);
      throw e;
    }
  }

  private Identity identify() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
      row.next();
      return new Identity(
          new Incarnation(row.getString("systemid"), row.getLong("timeline")),
          Lsn.parse(row.getString("xlogpos")));
    }
  }

  /**
   * As the server's history file tells them: for each, its number, where it was left, and why, with
   * tabs between; the last is the one left last.
   */
  @Override
  public List<Ancestor> ancestors() throws SourceLost {
    if (incarnation.timeline() == 1) {
      return List.of();
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("TIMELINE_HISTORY " + incarnation.timeline())) {
      row.next();
      return TimelineHistory.parse(incarnation.system(), row.getString("content"));
    } catch (SQLException e) {
      throw connections.failure("tell its timelines", e);
    }
  }

  private Slot findSlot() throws SQLException {
    String query =
        """
        SELECT confirmed_flush_lsn, wal_status, plugin,
               database IS NOT DISTINCT FROM current_database(),
               to_jsonb(slots) ->> 'invalidation_reason'
        FROM pg_replication_slots slots WHERE slot_name = %s
        """
            .formatted(Sql.text(source.slot()));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      if (!row.next()) {
        return new Slot.None();
      }
      if (!"pgoutput".equals(row.getString(3)) || !row.getBoolean(4)) {
        throw new InvalidRequest(
            "Slot '%s' of source '%s' belongs to another database or another plug-in: configure another slot"
                .formatted(source.slot(), source.definition().source()));
      }
      String position = row.getString(1);
      return position == null || "lost".equals(row.getString(2))
          ? new Slot.Useless(whyUseless(position, row.getString(5)))
          : new Slot.Retaining(Lsn.parse(position));
    }
  }

  /** From 17 on the server says itself why it gave a slot up. */
  private static String whyUseless(@Nullable String position, @Nullable String reason) {
    if (position == null) {
      return "was never finished";
    }
    return switch (reason == null ? "wal_removed" : reason) {
      case "wal_removed" ->
          "is invalid, since we were away for more of the log than max_slot_wal_keep_size: raise"
              + " that";
      case "idle_timeout" ->
          "is invalid, since we were away for longer than idle_replication_slot_timeout: raise"
              + " that";
      case "wal_level_insufficient" -> "is invalid, since wal_level was not 'logical': set it so";
      default -> "is invalid: " + reason;
    };
  }

  @Override
  public Incarnation incarnation() {
    return incarnation;
  }

  @Override
  public Optional<SourcePosition> end() {
    return Optional.of(end);
  }

  @Override
  public Optional<SourcePosition> retained() {
    return switch (slot) {
      case Slot.None _, Slot.Useless _ -> Optional.empty();
      case Slot.Retaining retaining -> Optional.of(retaining.position());
    };
  }

  @Override
  public String whyNothingIsRetained() {
    String name = "its slot '" + source.slot() + "' ";
    return switch (slot) {
      case Slot.None _ -> name + "is gone: somebody dropped it, or a standby without it took over";
      case Slot.Useless(String why) -> name + why;
      case Slot.Retaining retaining -> name + "retains it from " + retaining.position();
    };
  }

  @Override
  public Set<TableName> added() {
    return added;
  }

  @Override
  public SourcePosition beginAnew() throws SourceLost {
    String name = Sql.name(source.slot());
    try (Statement statement = connection.createStatement()) {
      letTakeLong();
      switch (slot) {
        case Slot.None _ -> {}
        case Slot.Useless _, Slot.Retaining _ -> statement.execute("DROP_REPLICATION_SLOT " + name);
      }
      String create =
          "CREATE_REPLICATION_SLOT %s LOGICAL pgoutput %s".formatted(name, slotOptions());
      try (ResultSet row = statement.executeQuery(create)) {
        row.next();
        return Lsn.parse(row.getString("consistent_point"));
      }
    } catch (SQLException e) {
      throw connections.failure("create its slot '" + source.slot() + "'", e);
    }
  }

  /** From 17 on a slot can be kept on standbys too, where they are configured to. */
  private String slotOptions() throws SQLException {
    return connection.getMetaData().getDatabaseMajorVersion() >= FAILOVER_SLOTS_FROM
        ? "(SNAPSHOT 'nothing', FAILOVER)"
        : "NOEXPORT_SNAPSHOT";
  }

  @Override
  public SourceStream resume(SourcePosition position) throws SourceLost {
    String start =
        "START_REPLICATION SLOT %s LOGICAL %s (proto_version '2', streaming 'on', publication_names %s, messages 'true')"
            .formatted(Sql.name(source.slot()), position, Sql.text(Sql.name(source.publication())));
    SpoolDirectory emptied = SpoolDirectory.emptied(spools);
    try {
      letTakeLong();
      CopyDual copy = connection.getCopyAPI().copyDual(start);
      connection.setNetworkTimeout(Runnable::run, SILENCE_MAX_MILLIS);
      return new ReplicationStream(connections, copy, emptied, treating, clock);
    } catch (SQLException e) {
      throw connections.failure("tail its slot '" + source.slot() + "'", e);
    }
  }

  /** A stream, and a slot that waits for transactions, are each one statement. */
  private void letTakeLong() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = 0");
    }
  }

  @Override
  public void close() {
    Connections.closeQuietly(connection);
  }
}
