package dev.overseer.ingestion;

import dev.overseer.ingestion.SourceStatus.Phase;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.Stage;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.log.AppendLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries one source into the update log: connects, tails, and starts over after every failure.
 * Rows that exist already and are not known (any more) are placed into the stream meanwhile, as
 * {@link RowReading} reads them.
 *
 * <p>Guarantees: a committed transaction is appended once, in the source's order, with its
 * effective time; nothing is ever appended below a mark; only positions that a durable record of
 * the log names are confirmed to the source. A position beyond our own that the source reports was
 * therefore confirmed by somebody else, and what lies between is a gap.
 *
 * <p>One thread steps it, and may wait in a step for the network while it connects, never while it
 * tails. The log's own failures pass through {@link #step}; after one it must not be stepped again.
 */
public final class Ingestion implements Stage, AutoCloseable {
  private static final int FRAMES_PER_STEP = 1024;

  private final SourceDefinition definition;
  private final Upstream upstream;
  private final InstantSource clock;
  private final SourceKnowledge knowledge;
  private final EffectiveClock effectiveClock;
  private final AppendLog<LogRecord> log;
  private final TransactionAppender appender;
  private final RowPlacing rows;
  private final TableWatch tables;
  private final Opening opening;
  private final Marking marking;
  private final Confirming confirming;
  private final Counters counters = new Counters();
  private final TroubleReports troubles;
  private final BackOff backOff;
  private final StatusBoard board;

  private Life life = new Waiting(Instant.MIN);
  private Instant heardAt = Instant.MIN;

  /** What the source is doing, and what only exists while it does. */
  private sealed interface Life {}

  private record Waiting(Instant until) implements Life {}

  private record Tailing(Upstream.Connection connection, SourceStream stream) implements Life {}

  /**
   * @param progress what the log holds of the source already; nothing may append to its substream
   *     since
   * @param clock ours: for times of ours and for what is due when
   * @param troubles is called from the thread that steps
   */
  public Ingestion(
      SourceDefinition definition,
      Upstream upstream,
      AppendLog<LogRecord> log,
      Optional<SourceProgress> progress,
      InstantSource clock,
      Consumer<SourceTrouble> troubles) {
    IngestionSettings settings = definition.settings();
    this.definition = definition;
    this.upstream = upstream;
    this.clock = clock;
    this.knowledge = SourceKnowledge.of(progress);
    this.effectiveClock =
        new EffectiveClock(
            settings.clockOffset(),
            settings.jumpMax(),
            clock,
            progress.map(SourceProgress::effectiveTime).orElse(EffectiveTime.MIN),
            progress.map(SourceProgress::mark).orElse(EffectiveTime.MIN));
    SourceSchemas schemas = new SourceSchemas(definition, log, progress);
    this.log = log;
    this.appender =
        new TransactionAppender(definition, log, schemas, effectiveClock, knowledge, counters);
    ChunkAppender chunks =
        new ChunkAppender(source(), log, schemas, effectiveClock, knowledge, counters);
    RowFormat format = upstream.rowFormat();
    this.rows = new RowPlacing(knowledge, chunks, format, appender, clock);
    this.troubles = new TroubleReports(source(), counters, troubles);
    ForkFollowing forks =
        new ForkFollowing(source(), log, knowledge, effectiveClock, counters, this.troubles);
    Forgetting forgetting =
        new Forgetting(source(), knowledge, effectiveClock, rows, this.troubles, counters);
    this.opening =
        new Opening(definition, upstream.type(), log, knowledge, forks, rows, forgetting);
    this.tables =
        new TableWatch(definition, knowledge, schemas, format, rows, forgetting, this.troubles);
    this.marking =
        new Marking(settings.commitSlack(), effectiveClock, knowledge, appender, counters);
    this.backOff = new BackOff(settings.retryMin(), settings.retryMax());
    this.board = new StatusBoard(source(), clock.instant(), rows::progress);
    this.confirming = new Confirming(settings.confirmEvery(), knowledge, log, board);
  }

  public SourceName source() {
    return definition.source();
  }

  /** How the source is doing, at most a tenth of a second old. For any thread. */
  public SourceStatus status() {
    return board.status();
  }

  /** Where its {@link RowReading} hears what to read. */
  ChunkExchange exchange() {
    return rows.exchange();
  }

  /** Takes a reading of the source's clock, from any thread; drops the oldest of too many. */
  void probed(Probe probe) {
    board.probed(probe.position());
    marking.probed(probe);
  }

  /** Takes what a look at the source's catalogue found, from any thread. */
  void inspected(SourceCondition condition) {
    board.retained(condition.retainedBytes());
    tables.inspected(condition);
  }

  /** Whether something waits for the next look. For any thread. */
  boolean awaitsInspection() {
    return tables.awaitsInspection();
  }

  /**
   * The source's clock or its catalogue cannot be read, so an idle source will look stale, and
   * nothing is taken in from a busy one. For any thread.
   */
  void probeFailed(Exception failure) {
    board.probeFailed(String.valueOf(failure.getMessage()));
    tables.failed(String.valueOf(failure.getMessage()));
  }

  @Override
  public boolean step() {
    Instant now = clock.instant();
    boolean worked;
    try {
      if (marking.takeReadings()) {
        confirming.askAgain();
      }
      worked = step(now);
    } catch (SourceLost e) {
      if (e.isForGood()) {
        opening.giveUp(String.valueOf(e.getMessage()));
      }
      disconnect(e, now.plus(backOff.next()));
      worked = false;
    } catch (InvalidRequest e) {
      troubles.refused(String.valueOf(e.getMessage()));
      disconnect(e, now.plus(definition.settings().retryMax()));
      worked = false;
    }
    troubles.step(now);
    board.publish(now, phase(), appender.passed(), effectiveClock.watermark(), counters);
    return worked;
  }

  private boolean step(Instant now) throws SourceLost {
    return switch (life) {
      case Waiting waiting -> !now.isBefore(waiting.until()) && connect();
      case Tailing tailing -> tail(tailing, now);
    };
  }

  private boolean connect() throws SourceLost {
    Upstream.Connection connection = upstream.connect();
    try {
      counters.connections++;
      if (!knowledge.isOf(connection.incarnation())) {
        marking.forgetReadings();
      }
      SourcePosition from = opening.of(connection);
      board.connected(connection.incarnation());
      tailFrom(connection, from);
    } catch (SourceLost | RuntimeException e) {
      connection.close();
      throw e;
    }
    return true;
  }

  private void tailFrom(Upstream.Connection connection, SourcePosition from) throws SourceLost {
    SourceStream stream = connection.resume(from);
    appender.resumed(from);
    tables.resumed(from);
    confirming.askAgain();
    heardAt = clock.instant();
    life = new Tailing(connection, stream);
  }

  private boolean tail(Tailing tailing, Instant now) throws SourceLost {
    SourceStream stream = tailing.stream();
    if (!log.hasRoom()) {
      heardAt = now;
      confirm(stream, now);
      return false;
    }
    int heard = stream.poll(rows.watch(), tables.vouched(), FRAMES_PER_STEP);
    counters.spooledBytes = stream.spooledBytes();
    if (stream.isHeld()) {
      tables.requireLooks();
    }
    if (heard > 0) {
      heardAt = now;
      backOff.reset();
      troubles.tailed();
      board.heard(now);
    } else if (!stream.isHeld() && heardAt.plus(definition.settings().silenceMax()).isBefore(now)) {
      throw new SourceLost("The database has been silent since " + heardAt);
    }
    boolean added = appender.isBetweenTransactions() && add(stream, now);
    confirm(stream, now);
    return heard > 0 || added;
  }

  /** What goes between the stream's transactions. */
  private boolean add(SourceStream stream, Instant now) throws SourceLost {
    SourcePosition passed = appender.passed().orElseThrow();
    Optional<SourceCondition> condition = tables.take();
    if (condition.isPresent()) {
      guard(condition.get());
      tables.act(condition.get());
    }
    tables.read(passed);
    boolean placed = rows.place(passed);
    boolean marked = marking.mark(stream, tables.vouched(), now);
    tables.await(stream.isHeld() || marking.awaits(tables.vouched()));
    return marked || placed;
  }

  /** Rather a gap here than a disk there that is full of what we have not read. */
  private void guard(SourceCondition condition) throws SourceLost {
    long max = definition.settings().retainedBytesMax();
    if (condition.retainedBytes().orElse(0) > max) {
      String why =
          "its log was kept for us up to the limit of %d bytes, and was given up".formatted(max);
      opening.giveUp(why);
      throw new SourceLost(why);
    }
  }

  private void confirm(SourceStream stream, Instant now) throws SourceLost {
    SourcePosition passed = appender.passed().orElseThrow();
    boolean isUrgent =
        stream.awaitsConfirmation()
            || (confirming.asksAgain() && marking.awaits(passed))
            || rows.awaits(passed)
            || tables.awaits(passed);
    confirming.confirm(stream, isUrgent, now);
  }

  private void disconnect(Exception failure, Instant retryAt) {
    closeLife();
    rows.pause();
    life = new Waiting(retryAt);
    counters.spooledBytes = 0;
    board.failed(String.valueOf(failure.getMessage()), retryAt);
  }

  private void closeLife() {
    switch (life) {
      case Waiting _ -> {}
      case Tailing tailing -> {
        tailing.stream().close();
        tailing.connection().close();
      }
    }
  }

  private Phase phase() {
    return switch (life) {
      case Waiting _ -> Phase.DISCONNECTED;
      case Tailing _ -> knowledge.reading().isEmpty() ? Phase.TAILING : Phase.SNAPSHOTTING;
    };
  }

  /** Disconnects. From the thread that steps, or after its last step. */
  @Override
  public void close() {
    closeLife();
    life = new Waiting(Instant.MAX);
  }
}
