package dev.overseer.ingestion;

import dev.overseer.ingestion.ForkSearch.Fork;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.store.log.AppendLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Goes on in the history of a promoted standby: says in the log where it left the old one, and what
 * of our log it never had.
 */
final class ForkFollowing {
  private final SourceName source;
  private final AppendLog<LogRecord> log;
  private final SourceKnowledge knowledge;
  private final EffectiveClock clock;
  private final Counters counters;
  private final TroubleReports troubles;

  /** As the server of the last connection told them; not known when this program starts. */
  private Optional<List<Ancestor>> ancestors = Optional.empty();

  ForkFollowing(
      SourceName source,
      AppendLog<LogRecord> log,
      SourceKnowledge knowledge,
      EffectiveClock clock,
      Counters counters,
      TroubleReports troubles) {
    this.source = source;
    this.log = log;
    this.knowledge = knowledge;
    this.clock = clock;
    this.counters = counters;
    this.troubles = troubles;
  }

  /** How to go on with a server, after what there is to say of its history was said. */
  Resumption resumption(Upstream.Connection connection) throws SourceLost {
    Optional<String> untrue = follow(connection);
    return untrue.isPresent()
        ? new Resumption.BeginAnew(untrue)
        : Resumption.decide(knowledge, connection);
  }

  /**
   * Does nothing where the server's history is the one in our log, or none that left it.
   *
   * @return why all rows must be read anew although the history goes on; empty if they need not
   */
  private Optional<String> follow(Upstream.Connection connection) throws SourceLost {
    Incarnation now = connection.incarnation();
    Optional<Incarnation> known = knowledge.incarnation();
    if (known.isEmpty() || !isOfSystem(known.get(), now)) {
      return Optional.empty();
    }
    if (known.get().equals(now)) {
      return whyAnother(connection);
    }
    ancestors = Optional.of(connection.ancestors());
    log.sync();
    Optional<Fork> fork =
        new ForkSearch(log, source, now, connection.ancestors()).find(known.get());
    Optional<String> untrue =
        fork.filter(Fork::rows)
            .map(found -> "rows were read of a server whose history ended at " + found.position());
    fork.ifPresent(found -> record(now, found, untrue));
    return untrue;
  }

  /** Two standbys of one primary give their timelines the same number, and leave it elsewhere. */
  private Optional<String> whyAnother(Upstream.Connection connection) throws SourceLost {
    Optional<List<Ancestor>> before = ancestors;
    ancestors = Optional.of(connection.ancestors());
    return before
        .filter(told -> ancestors.filter(told::equals).isEmpty())
        .map(
            _ -> "another standby was promoted under the same number, " + connection.incarnation());
  }

  private static boolean isOfSystem(Incarnation one, Incarnation other) {
    return one.system().equals(other.system());
  }

  /** Together, so that a crash leaves no fork whose tables pass for known. */
  private void record(Incarnation now, Fork fork, Optional<String> untrue) {
    List<LogRecord> records = new ArrayList<>();
    records.add(
        new LogRecord.Forked(
            source,
            now,
            fork.position(),
            fork.disowned().orElseGet(log::appended),
            clock.watermark()));
    untrue.ifPresent(why -> records.addAll(unknown(why)));
    log.appendTogether(records);
    knowledge.forked(now, fork.position());
    if (fork.transactions() > 0) {
      counters.disowned += fork.transactions();
      troubles.raise(new SourceTrouble.Disowned(source, fork.transactions(), clock.watermark()));
    }
  }

  private List<LogRecord> unknown(String why) {
    List<TableName> tables = new ArrayList<>(knowledge.known());
    tables.addAll(knowledge.reading().keySet());
    knowledge.known().clear();
    knowledge.reading().clear();
    return tables.stream()
        .<LogRecord>map(
            table -> new LogRecord.TableUnknown(source, table, clock.watermark().previous(), why))
        .toList();
  }
}
