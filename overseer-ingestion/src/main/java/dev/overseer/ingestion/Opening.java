package dev.overseer.ingestion;

import dev.overseer.model.LogRecord;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import dev.overseer.store.log.AppendLog;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The beginning of each connection: decides from where to go on, and says in the log what that
 * means for what is known of the tables.
 */
final class Opening {
  private final SourceDefinition definition;
  private final String type;
  private final AppendLog<LogRecord> log;
  private final SourceKnowledge knowledge;
  private final ForkFollowing forks;
  private final RowPlacing rows;
  private final Forgetting forgetting;
  private Optional<String> givenUp = Optional.empty();

  Opening(
      SourceDefinition definition,
      String type,
      AppendLog<LogRecord> log,
      SourceKnowledge knowledge,
      ForkFollowing forks,
      RowPlacing rows,
      Forgetting forgetting) {
    this.definition = definition;
    this.type = type;
    this.log = log;
    this.knowledge = knowledge;
    this.forks = forks;
    this.rows = rows;
    this.forgetting = forgetting;
  }

  /** The next connection begins anew, whatever the source holds. */
  void giveUp(String why) {
    givenUp = Optional.of(why);
  }

  /**
   * @return where to tail from: everything before it is in our log, or was given up
   */
  SourcePosition of(Upstream.Connection connection) throws SourceLost {
    connection.added().stream()
        .filter(knowledge.known()::contains)
        .forEach(table -> forgetting.forget(table, "it was not in its publication"));
    forgetting.forgetAllBut(List.copyOf(definition.tables()), "it is no longer configured");
    Resumption resumption =
        givenUp.isPresent() ? new Resumption.BeginAnew(givenUp) : forks.resumption(connection);
    return switch (resumption) {
      case Resumption.Continue(SourcePosition from) -> goOn(connection, from);
      case Resumption.BeginAnew(Optional<String> gap) -> {
        gap.ifPresent(forgetting::gap);
        yield beginAnew(connection);
      }
      case Resumption.LogLost(String why) -> {
        forgetting.logLost(why);
        yield beginAnew(connection);
      }
    };
  }

  private SourcePosition goOn(Upstream.Connection connection, SourcePosition from) {
    record(connection);
    knowledge.goOn(log.appended(), connection.retained().orElseThrow());
    Set<TableName> unread = new TreeSet<>(definition.tables());
    unread.removeAll(knowledge.known());
    unread.removeAll(knowledge.reading().keySet());
    read(unread, from);
    return from;
  }

  private SourcePosition beginAnew(Upstream.Connection connection) throws SourceLost {
    record(connection);
    SourcePosition from = connection.beginAnew();
    givenUp = Optional.empty();
    knowledge.beginAnew(from);
    read(definition.tables(), from);
    return from;
  }

  private void record(Upstream.Connection connection) {
    long offsetMicros = definition.settings().clockOffset().toNanos() / 1000;
    if (!knowledge.isOpenedAs(connection.incarnation(), offsetMicros)) {
      log.append(
          new LogRecord.SourceOpened(
              definition.source(), type, connection.incarnation(), offsetMicros));
      knowledge.opened(connection.incarnation(), offsetMicros);
    }
  }

  private void read(Set<TableName> tables, SourcePosition at) {
    if (!tables.isEmpty()) {
      rows.begin(tables, at);
    }
  }
}
