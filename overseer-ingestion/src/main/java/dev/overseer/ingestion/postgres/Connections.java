package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.SourceLost;
import dev.overseer.model.InvalidRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.PgConnection;

/** Opens connections to one source, and says what a failure means. */
final class Connections {
  private static final String CONNECT_TIMEOUT_SECONDS = "10";
  private static final int ANSWER_TIMEOUT_SECONDS = 30;
  private static final int SLOT_TIMEOUT_SECONDS = 300;

  /** What the driver gives where it could not answer the server: a password or TLS is missing. */
  private static final String CONNECTION_REJECTED = "08004";

  /**
   * What text values look like must not depend on the role, the database or this machine: the rows
   * of a snapshot and the changes after it must agree, today and in ten years.
   */
  private static final String TEXT_FORMS =
      "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';"
          + " SET extra_float_digits = 1; SET bytea_output = 'hex'; SET search_path = '';"
          + " SET quote_all_identifiers = off";

  /** Nothing that we ask may wait for somebody's lock for long, whatever the role's settings. */
  private static final String FOR_ANSWERS =
      "SET statement_timeout = '10s'; SET lock_timeout = '5s'";

  /**
   * A new slot waits for transactions to end, each as for a lock. A server that no longer hears of
   * us must give our slot free, though its own settings may let it wait for ever.
   */
  private static final String FOR_STREAMING =
      "SET statement_timeout = '10s'; SET lock_timeout = '60s'; SET wal_sender_timeout = '30s'";

  /** What would end a stream that is well; not every version has each. */
  private static final String WITHOUT_LIMITS_ON_SESSIONS =
      "SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ('idle_session_timeout',"
          + " 'idle_in_transaction_session_timeout', 'transaction_timeout')";

  private final PostgresSource source;

  Connections(PostgresSource source) {
    this.source = source;
  }

  PostgresSource source() {
    return source;
  }

  /** For questions that are answered soon or not at all. */
  Connection forQuestions() throws SourceLost {
    Properties properties = properties();
    PGProperty.SOCKET_TIMEOUT.set(properties, ANSWER_TIMEOUT_SECONDS);
    return open(properties, FOR_ANSWERS + "; " + WITHOUT_LIMITS_ON_SESSIONS);
  }

  /** For reading rows, a few at a time. */
  Connection forRows() throws SourceLost {
    return open(
        properties(),
        TEXT_FORMS
            + "; "
            + WITHOUT_LIMITS_ON_SESSIONS
            + "; SET statement_timeout = '60s'; SET lock_timeout = '5s';"
            + " SET idle_in_transaction_session_timeout = '60s'; SET row_security = off;"
            + " SET standard_conforming_strings = on");
  }

  /** For the replication protocol. */
  PgConnection forReplication() throws SourceLost {
    Properties properties = properties();
    PGProperty.REPLICATION.set(properties, "database");
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    PGProperty.SOCKET_TIMEOUT.set(properties, SLOT_TIMEOUT_SECONDS);
    Connection connection =
        open(properties, TEXT_FORMS + "; " + FOR_STREAMING + "; " + WITHOUT_LIMITS_ON_SESSIONS);
    try {
      return connection.unwrap(PgConnection.class);
    } catch (SQLException e) {
      throw failure("connect for replication", e);
    }
  }

  private Properties properties() {
    Properties properties = new Properties();
    source.login().ifPresent(login -> PGProperty.USER.set(properties, login.user()));
    source
        .login()
        .flatMap(PostgresLogin::password)
        .ifPresent(password -> PGProperty.PASSWORD.set(properties, password));
    source.tls().ifPresent(tls -> protect(properties, tls));
    PGProperty.APPLICATION_NAME.set(properties, "overseer " + source.definition().source());
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "14");
    PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_TIMEOUT_SECONDS);
    PGProperty.LOGIN_TIMEOUT.set(properties, CONNECT_TIMEOUT_SECONDS);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    return properties;
  }

  private static void protect(Properties properties, PostgresTls tls) {
    PGProperty.SSL_MODE.set(properties, tls.mode().word());
    tls.rootCertificate()
        .ifPresent(file -> PGProperty.SSL_ROOT_CERT.set(properties, file.toString()));
  }

  private Connection open(Properties properties, String settings) throws SourceLost {
    Connection connection;
    try {
      connection = new Driver().connect(source.url(), properties);
    } catch (SQLException e) {
      throw failure("connect", e);
    }
    if (connection == null) {
      throw new InvalidRequest("The driver does not take the address " + source.url());
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(settings);
      return connection;
    } catch (SQLException e) {
      closeQuietly(connection);
      throw failure("set up a connection", e);
    }
  }

  /**
   * What to throw for {@code failure}: {@link SourceLost} when trying again may help.
   *
   * @throws InvalidRequest when the database refuses us as we are
   */
  SourceLost failure(String doing, SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    String description = describe(doing, failure);
    boolean isRefusal =
        state.startsWith("28")
            || state.equals("42501")
            || state.equals("3D000")
            || state.equals(CONNECTION_REJECTED);
    if (isRefusal) {
      throw new InvalidRequest(description, failure);
    }
    return isPublicationGone(state, failure)
        ? SourceLost.forGood(description, failure)
        : new SourceLost(description, failure);
  }

  /**
   * One that is made again shows nothing of the log from before: it is decoded by what was then.
   */
  private static boolean isPublicationGone(String state, SQLException failure) {
    return state.equals("42704") && String.valueOf(failure.getMessage()).contains("publication");
  }

  String describe(String doing, SQLException failure) {
    return "Source '%s' cannot %s: %s"
        .formatted(source.definition().source(), doing, failure.getMessage());
  }

  /** A connection that is given up may fail to say goodbye. */
  static void closeQuietly(AutoCloseable connection) {
    try {
      connection.close();
    } catch (Exception e) {
      // It is gone either way.
    }
  }
}
