package dev.overseer.ingestion;

import dev.overseer.ingestion.ForkSearch.Fork;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.store.log.AppendLog;
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
    if (known.isEmpty() || known.get().equals(now) || !isOfSystem(known.get(), now)) {
      return Optional.empty();
    }
    log.sync();
    Optional<Fork> fork =
        new ForkSearch(log, source, now, connection.ancestors()).find(known.get());
    fork.ifPresent(found -> record(now, found));
    return fork.filter(Fork::rows)
        .map(found -> "rows were read of a server whose history ended at " + found.position());
  }

  private static boolean isOfSystem(Incarnation one, Incarnation other) {
    return one.system().equals(other.system());
  }

  private void record(Incarnation now, Fork fork) {
    log.append(
        new LogRecord.Forked(
            source,
            now,
            fork.position(),
            fork.disowned().orElseGet(log::appended),
            clock.watermark()));
    knowledge.forked(now, fork.position());
    if (fork.transactions() > 0) {
      counters.disowned += fork.transactions();
      troubles.raise(new SourceTrouble.Disowned(source, fork.transactions(), clock.watermark()));
    }
  }
}
