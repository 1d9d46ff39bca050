package dev.overseer.server.sources;

import dev.overseer.ingestion.Probe;
import dev.overseer.ingestion.SourceClock;
import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.ingestion.SourceLost;
import dev.overseer.ingestion.Upstream;
import dev.overseer.ingestion.postgres.PostgresClock;
import dev.overseer.ingestion.postgres.PostgresLogin;
import dev.overseer.ingestion.postgres.PostgresSource;
import dev.overseer.ingestion.postgres.PostgresUpstream;
import dev.overseer.model.InvalidRequest;
import dev.overseer.server.configuration.Secret;
import dev.overseer.server.configuration.SourceSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Connects to one database, with the password as it is at that moment, so that it can change. */
final class PostgresAccess {
  private final SourceDefinition definition;
  private final SourceSettings settings;

  PostgresAccess(SourceDefinition definition, SourceSettings settings) {
    this.definition = definition;
    this.settings = settings;
  }

  Upstream upstream(Path spools, InstantSource clock) {
    return new Upstream() {
      @Override
      public String type() {
        return "postgres";
      }

      @Override
      public Connection connect() throws SourceLost {
        return new PostgresUpstream(source(), spools, clock).connect();
      }
    };
  }

  SourceClock clock() {
    return new FreshClock();
  }

  private PostgresSource source() {
    return new PostgresSource(
        definition,
        settings.url(),
        settings.user().map(this::login),
        settings.publication(),
        settings.slot());
  }

  private PostgresLogin login(String user) {
    return new PostgresLogin(user, settings.password().map(Secret::reveal).orElse(""));
  }

  /** Begins anew, with the password of then, after every failure. */
  private final class FreshClock implements SourceClock {
    private @Nullable PostgresClock current;

    @Override
    public Probe read() throws SourceLost {
      PostgresClock clock = current == null ? new PostgresClock(source()) : current;
      current = clock;
      try {
        return clock.read();
      } catch (SourceLost | InvalidRequest e) {
        close();
        throw e;
      }
    }

    @Override
    public void close() {
      if (current != null) {
        current.close();
        current = null;
      }
    }
  }
}
