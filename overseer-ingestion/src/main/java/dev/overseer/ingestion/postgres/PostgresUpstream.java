package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.SourceLost;
import dev.overseer.ingestion.Upstream;
import java.time.InstantSource;

/** A Postgres database to be tailed. */
public final class PostgresUpstream implements Upstream {
  private final Connections connections;
  private final InstantSource clock;

  /**
   * @param clock ours, which the server shows beside our position
   */
  public PostgresUpstream(PostgresSource source, InstantSource clock) {
    this.connections = new Connections(source);
    this.clock = clock;
  }

  @Override
  public String type() {
    return "postgres";
  }

  @Override
  public Connection connect() throws SourceLost {
    new Preparation(connections).run();
    return ReplicationConnection.open(connections, clock);
  }
}
