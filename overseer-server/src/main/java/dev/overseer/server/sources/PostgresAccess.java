package dev.overseer.server.sources;

import dev.overseer.ingestion.Chunk;
import dev.overseer.ingestion.Probe;
import dev.overseer.ingestion.ReadingOrder;
import dev.overseer.ingestion.RowFormat;
import dev.overseer.ingestion.SourceClock;
import dev.overseer.ingestion.SourceCondition;
import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.ingestion.SourceLost;
import dev.overseer.ingestion.SourceRows;
import dev.overseer.ingestion.Upstream;
import dev.overseer.ingestion.postgres.PgOutputRows;
import dev.overseer.ingestion.postgres.PostgresClock;
import dev.overseer.ingestion.postgres.PostgresIdentity;
import dev.overseer.ingestion.postgres.PostgresLogin;
import dev.overseer.ingestion.postgres.PostgresRows;
import dev.overseer.ingestion.postgres.PostgresSource;
import dev.overseer.ingestion.postgres.PostgresUpstream;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Tokens;
import dev.overseer.server.configuration.Secret;
import dev.overseer.server.configuration.SourceSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Connects to one database, with the password as it is at that moment, so that it can change. */
final class PostgresAccess {
  private final SourceDefinition definition;
  private final SourceSettings settings;
  private final Tokens tokens;
  private final PhysicalDatabases databases;

  PostgresAccess(
      SourceDefinition definition,
      SourceSettings settings,
      Tokens tokens,
      PhysicalDatabases databases) {
    this.definition = definition;
    this.settings = settings;
    this.tokens = tokens;
    this.databases = databases;
  }

  Upstream upstream(Path spools, InstantSource clock) {
    return new Upstream() {
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
        PostgresSource source = source();
        databases.claim(settings.name(), PostgresIdentity.of(source));
        return new PostgresUpstream(source, spools, tokens, clock).connect();
      }
    };
  }

  SourceClock clock() {
    return new FreshClock();
  }

  SourceRows rows() {
    return new FreshRows();
  }

  PostgresSource source() {
    return source(settings.user().map(this::login));
  }

  /** Of which no secret is read. */
  PostgresSource sourceWithoutLogin() {
    return source(Optional.empty());
  }

  private PostgresSource source(Optional<PostgresLogin> login) {
    return new PostgresSource(
        definition, settings.url(), login, settings.tls(), settings.publication(), settings.slot());
  }

  private PostgresLogin login(String user) {
    return new PostgresLogin(user, settings.password().map(Secret::reveal));
  }

  /** Begins anew, with the password of then, after every failure. */
  private final class FreshClock implements SourceClock {
    private @Nullable PostgresClock current;

    @Override
    public Probe read() throws SourceLost {
      return ask(PostgresClock::read);
    }

    @Override
    public SourceCondition inspect() throws SourceLost {
      return ask(PostgresClock::inspect);
    }

    @Override
    public void beat() throws SourceLost {
      ask(
          clock -> {
            clock.beat();
            return clock;
          });
    }

    private <T> T ask(Question<PostgresClock, T> question) throws SourceLost {
      PostgresClock clock = current == null ? new PostgresClock(source()) : current;
      current = clock;
      try {
        return question.ask(clock);
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

  /** Like the clock. */
  private final class FreshRows implements SourceRows {
    private @Nullable PostgresRows current;

    @Override
    public long fence() throws SourceLost {
      return ask(PostgresRows::fence);
    }

    @Override
    public boolean isPast(long fence) throws SourceLost {
      return ask(rows -> rows.isPast(fence));
    }

    @Override
    public Chunk read(ReadingOrder order, int rowsMax) throws SourceLost {
      return ask(rows -> rows.read(order, rowsMax));
    }

    private <T> T ask(Question<PostgresRows, T> question) throws SourceLost {
      PostgresRows rows = current == null ? new PostgresRows(source(), tokens) : current;
      current = rows;
      try {
        return question.ask(rows);
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

  @FunctionalInterface
  private interface Question<A, T> {
    T ask(A asked) throws SourceLost;
  }
}
