package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.Chunk;
import dev.overseer.ingestion.ReadingOrder;
import dev.overseer.ingestion.SourceLost;
import dev.overseer.ingestion.SourceRows;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Tokens;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Reads a database's rows over a connection that it keeps. */
public final class PostgresRows implements SourceRows {
  private static final String FENCE = "SELECT pg_current_xact_id()::text::bigint";
  private static final String OLDEST =
      "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

  private final Connections connections;
  private final Tokens tokens;
  private @Nullable Connection open;

  /**
   * @param tokens what is stored in place of treated values
   */
  public PostgresRows(PostgresSource source, Tokens tokens) {
    this.tokens = tokens;
    this.connections = new Connections(source);
  }

  /** Takes a transaction number, which writes no row. */
  @Override
  public long fence() throws SourceLost {
    return number(FENCE);
  }

  /** A transaction counts as ended when others see what it did, not when its commit is logged. */
  @Override
  public boolean isPast(long fence) throws SourceLost {
    return number(OLDEST) >= fence;
  }

  @Override
  public Chunk read(ReadingOrder order, int rowsMax) throws SourceLost {
    try {
      return new ChunkQuery(connection(), connections.source(), tokens, order, rowsMax).run();
    } catch (SQLException e) {
      close();
      throw connections.failure("read rows of " + order.table(), e);
    } catch (InvalidRequest e) {
      close();
      throw e;
    }
  }

  private long number(String query) throws SourceLost {
    try (Statement statement = connection().createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      close();
      throw connections.failure("read its transactions", e);
    }
  }

  private Connection connection() throws SourceLost {
    Connection connection = open == null ? connections.forRows() : open;
    open = connection;
    return connection;
  }

  @Override
  public void close() {
    if (open != null) {
      Connections.closeQuietly(open);
      open = null;
    }
  }
}
