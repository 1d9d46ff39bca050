package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.SourceLost;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Holds a database against all that is required of a source, and says of each what was found and
 * what mends it. It reads only: nothing changes there, and a source that is being tailed is not
 * disturbed.
 */
public final class Examination {
  private final PostgresSource source;
  private final Map<TableName, List<String>> keys;
  private final InstantSource clock;

  /**
   * @param keys the columns of their models' keys, by table; a table without a model has none
   * @param clock ours, which the server's is compared with
   */
  public Examination(
      PostgresSource source, Map<TableName, List<String>> keys, InstantSource clock) {
    this.source = source;
    this.keys = keys;
    this.clock = clock;
  }

  /** A database that cannot be reached is the one thing that is found then. */
  public List<Requirement> run() {
    Connections connections = new Connections(source);
    try {
      return examineOn(connections, connections.forQuestions());
    } catch (SourceLost e) {
      return List.of(
          Requirement.missing(
              "reachable",
              String.valueOf(e.getMessage()),
              "Check the address, the network and the server, then 'tls' and its rootCertificate"));
    } catch (InvalidRequest e) {
      return List.of(
          Requirement.missing(
              "reachable",
              String.valueOf(e.getMessage()),
              "Check user, password and 'tls', and what pg_hba.conf asks of them"));
    }
  }

  private List<Requirement> examineOn(Connections connections, Connection connection) {
    List<Requirement> found = new ArrayList<>();
    try {
      examine(connection, found);
    } catch (SQLException e) {
      found.add(
          Requirement.missing(
              "examination",
              connections.describe("be examined", e),
              "Try again; where it stays so, please report it"));
    } finally {
      Connections.closeQuietly(connection);
    }
    return found;
  }

  private void examine(Connection connection, List<Requirement> found) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET default_transaction_read_only = on");
    }
    Questions questions = new Questions(connection);
    found.add(Requirement.met("reachable", source.url()));
    found.addAll(new ServerExamination(source, questions, clock).run());
    found.addAll(new TableExamination(source, questions, keys).run());
    found.addAll(new PublicationExamination(source, questions, keys).run());
    found.addAll(new SlotExamination(source, questions).run());
  }
}
