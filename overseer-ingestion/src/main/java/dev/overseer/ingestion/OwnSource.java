package dev.overseer.ingestion;

import dev.overseer.model.ChunkPosition;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.log.AppendLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A source that nobody else writes: what happens in it is said here, by the rules of effective time
 * that hold for all. It has one table, known from the first record on, and its positions are
 * counted. Nothing of it can be sent again: what a crash takes from the log before it is durable
 * never happened. One thread at a time.
 */
public final class OwnSource {
  private final SourceDefinition definition;
  private final TableName table;
  private final Incarnation incarnation;
  private final AppendLog<LogRecord> log;
  private final SourceKnowledge knowledge;
  private final EffectiveClock clock;
  private final TransactionAppender appender;
  private final Counters counters = new Counters();

  /**
   * @param definition of one table
   * @param progress what the log holds of it already
   * @param ours the only clock that there is for it
   */
  public OwnSource(
      SourceDefinition definition,
      Incarnation incarnation,
      AppendLog<LogRecord> log,
      Optional<SourceProgress> progress,
      InstantSource ours) {
    this.definition = definition;
    this.table = List.copyOf(definition.tables()).getFirst();
    this.incarnation = incarnation;
    this.log = log;
    this.knowledge = SourceKnowledge.of(progress);
    this.clock =
        new EffectiveClock(
            Duration.ZERO,
            definition.settings().jumpMax(),
            ours,
            progress.map(SourceProgress::effectiveTime).orElse(EffectiveTime.MIN),
            progress.map(SourceProgress::mark).orElse(EffectiveTime.MIN));
    this.appender =
        new TransactionAppender(
            definition,
            log,
            new SourceSchemas(definition, log, progress),
            clock,
            knowledge,
            counters);
  }

  /**
   * Appends a transaction of one change.
   *
   * @param at by our clock; where that was set back, it takes effect no earlier than what was
   *     before it all the same
   * @return when it takes effect
   */
  public EffectiveTime commit(
      Instant at, String format, byte[] schema, Operation operation, byte[] raw) {
    open(at);
    Lsn commit = position();
    Lsn end = new Lsn(commit.value() + 1);
    appender.resumed(commit);
    appender.begin(commit, micros(at), end.value());
    LogOffset read =
        appender
            .schema(table, format, schema)
            .orElseThrow(() -> new InvariantViolated(table + " is not a table of its source"));
    appender.change(operation, read, raw);
    appender.commit(end);
    forgetSafePositions();
    return clock.watermark();
  }

  /** Says that nothing that takes effect at {@code time} or before will come any more. */
  public void passed(EffectiveTime time) {
    clock.mark(time.micros() + 1).ifPresent(mark -> appender.appendMark(mark, position()));
    forgetSafePositions();
  }

  /** Before the first change of a log, not before anything happens. */
  private void open(Instant at) {
    if (!knowledge.isOpenedAs(incarnation, 0)) {
      log.append(new LogRecord.SourceOpened(definition.source(), "own", incarnation, 0));
      knowledge.opened(incarnation, 0);
    }
    if (knowledge.resume().isEmpty()) {
      knowledge.beginAnew(new Lsn(1));
    }
    if (!knowledge.known().contains(table)) {
      clock.mark(micros(at)).ifPresent(mark -> appender.appendMark(mark, position()));
      log.append(new LogRecord.TableKnown(definition.source(), table, clock.watermark()));
      knowledge.known().add(table);
    }
  }

  private Lsn position() {
    SourcePosition last = knowledge.resume().orElseThrow();
    return switch (last) {
      case Lsn lsn -> lsn;
      case ChunkPosition chunk -> throw new InvariantViolated("Nothing was read at " + chunk);
    };
  }

  /** There is nobody to confirm them to. */
  private void forgetSafePositions() {
    knowledge.confirmable(log.end());
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }
}
