package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.SourceLost;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which physical database it is, whatever the address that leads to it.
 *
 * @param system the cluster's system identifier, which its standbys share
 */
public record PostgresIdentity(String system, String database) {

  /** Asks the database. */
  public static PostgresIdentity of(PostgresSource source) throws SourceLost {
    Connections connections = new Connections(source);
    Connection connection = connections.forQuestions();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT system_identifier::text, current_database() FROM pg_control_system()")) {
      row.next();
      return new PostgresIdentity(row.getString(1), row.getString(2));
    } catch (SQLException e) {
      throw connections.failure("say which database it is", e);
    } finally {
      Connections.closeQuietly(connection);
    }
  }
}
