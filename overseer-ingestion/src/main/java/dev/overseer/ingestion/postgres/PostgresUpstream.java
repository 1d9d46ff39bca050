package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.RowFormat;
import dev.overseer.ingestion.SourceLost;
import dev.overseer.ingestion.Upstream;
import dev.overseer.ingestion.postgres.Preparation.Prepared;
import dev.overseer.model.Tokens;
import java.nio.file.Path;
import java.time.InstantSource;

/** A Postgres database to be tailed. */
public final class PostgresUpstream implements Upstream {
  private final Connections connections;
  private final Path spools;
  private final Tokens tokens;
  private final InstantSource clock;

  /**
   * @param spools a directory of this source's alone, for transactions that have not ended; emptied
   *     at each connection
   * @param tokens what is stored in place of treated values
   * @param clock ours, which the server shows beside our position
   */
  public PostgresUpstream(PostgresSource source, Path spools, Tokens tokens, InstantSource clock) {
    this.spools = spools;
    this.tokens = tokens;
    this.connections = new Connections(source);
    this.clock = clock;
  }

  @Override
  public String type() {
    return "postgres";
  }

  @Override
  public RowFormat rowFormat() {
    return new PgOutputRows();
  }

  @Override
  public Connection connect() throws SourceLost {
    Prepared prepared = new Preparation(connections).run();
    Treating treating = new Treating(connections.source().definition(), prepared.columns(), tokens);
    return ReplicationConnection.open(connections, prepared.added(), spools, treating, clock);
  }
}
