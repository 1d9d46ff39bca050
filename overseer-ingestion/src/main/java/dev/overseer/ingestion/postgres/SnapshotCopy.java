package dev.overseer.ingestion.postgres;

import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutputWriter;
import dev.overseer.ingestion.SnapshotReading;
import dev.overseer.ingestion.SourceLost;
import dev.overseer.ingestion.StreamReceiver;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads the published rows as of a slot's exported snapshot, in one read-only transaction, as COPY
 * streams them: one row in memory at a time. Each row is written as the pgoutput Insert that the
 * server would have sent, and each table's Relation as it would have been sent before it.
 */
final class SnapshotCopy implements SnapshotReading {
  private final Connections connections;
  private final Connection connection;
  private final Lsn consistentPoint;
  private final long sourceMicros;
  private final Queue<TableName> tables;
  private @Nullable Copying copying;

  /** The table that is being read. */
  private record Copying(PgOutput.Relation relation, LogOffset schema, CopyOut rows) {}

  private SnapshotCopy(
      Connections connections, Connection connection, Lsn consistentPoint, String snapshot)
      throws SQLException {
    this.connections = connections;
    this.connection = connection;
    this.consistentPoint = consistentPoint;
    this.tables = new ArrayDeque<>(connections.source().definition().tables());
    this.sourceMicros = begin(snapshot);
  }

  /**
   * @param snapshot exported by a connection that must do nothing else until this returns
   */
  static SnapshotCopy open(Connections connections, Lsn consistentPoint, String snapshot)
      throws SourceLost {
    Connection connection = connections.forRows();
    try {
      return new SnapshotCopy(connections, connection, consistentPoint, snapshot);
    } catch (SQLException e) {
      Connections.closeQuietly(connection);
      throw connections.failure("read its existing rows", e);
    }
  }

  private long begin(String snapshot) throws SQLException {
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TRANSACTION SNAPSHOT " + Sql.text(snapshot));
      try (ResultSet row = statement.executeQuery(PostgresClock.CLOCK)) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  @Override
  public SourcePosition position() {
    return consistentPoint;
  }

  /** A commit record may lie at the consistent point itself; none can begin one byte before it. */
  @Override
  public SourcePosition commit() {
    return new Lsn(consistentPoint.value() - 1);
  }

  @Override
  public long sourceMicros() {
    return sourceMicros;
  }

  @Override
  public boolean poll(StreamReceiver into, int changesMax) throws SourceLost {
    try {
      for (int changes = 0; changes < changesMax; changes++) {
        Copying table = copying == null ? next(into) : copying;
        if (table == null) {
          return false;
        }
        copyRow(table, into);
      }
      return true;
    } catch (SQLException e) {
      throw connections.failure("read its existing rows", e);
    }
  }

  private @Nullable Copying next(StreamReceiver into) throws SQLException {
    TableName name = tables.poll();
    if (name == null) {
      return null;
    }
    PublishedTable table =
        PublishedTable.read(connection, connections.source().publication(), name);
    PgOutput.Relation relation = table.relation();
    Optional<LogOffset> schema =
        into.schema(name, Formats.PGOUTPUT, PgOutputWriter.relation(relation));
    if (schema.isEmpty()) {
      return next(into);
    }
    into.change(
        Operation.TRUNCATE,
        schema.get(),
        PgOutputWriter.truncate(new PgOutput.Truncate(List.of(relation.id()), false, false)));
    CopyOut rows =
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut(table.copyStatement());
    copying = new Copying(relation, schema.get(), rows);
    return copying;
  }

  private void copyRow(Copying table, StreamReceiver into) throws SQLException {
    byte[] line = table.rows().readFromCopy();
    if (line == null) {
      copying = null;
      return;
    }
    into.change(
        Operation.SNAPSHOT,
        table.schema(),
        PgOutputWriter.insert(table.relation().id(), CopyText.values(line)));
  }

  @Override
  public void close() {
    Connections.closeQuietly(connection);
  }
}
