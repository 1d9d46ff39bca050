package dev.overseer.ingestion;

import dev.overseer.ingestion.SourceStatus.Phase;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogRecord;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.Stage;
import dev.overseer.model.TableName;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.log.AppendLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
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
  private static final int PROBES_WAITING_MAX = 16;
  private static final Duration CONFIRM_AGAIN_MIN = Duration.ofMillis(10);
  private static final Duration POSITION_EVERY = Duration.ofSeconds(10);

  private final SourceDefinition definition;
  private final Upstream upstream;
  private final AppendLog<LogRecord> log;
  private final InstantSource clock;
  private final SourceKnowledge knowledge;
  private final EffectiveClock effectiveClock;
  private final MarkProbes marks;
  private final TransactionAppender appender;
  private final RowPlacing rows;
  private final TableWatch tables;
  private final Counters counters = new Counters();
  private final TroubleReports troubles;
  private final ForkFollowing forks;
  private final BackOff backOff;
  private final StatusBoard board;
  private final BlockingQueue<Probe> readings = new ArrayBlockingQueue<>(PROBES_WAITING_MAX);

  private Life life = new Waiting(Instant.MIN);
  private Instant heardAt = Instant.MIN;
  private Instant confirmedAt = Instant.MIN;
  private Instant recordedAt = Instant.MIN;
  private boolean asksAgain;
  private Optional<String> givenUp = Optional.empty();

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
    this.log = log;
    this.clock = clock;
    this.knowledge = SourceKnowledge.of(progress);
    this.effectiveClock =
        new EffectiveClock(
            settings.clockOffset(),
            settings.jumpMax(),
            clock,
            progress.map(SourceProgress::effectiveTime).orElse(EffectiveTime.MIN),
            progress.map(SourceProgress::mark).orElse(EffectiveTime.MIN));
    this.marks = new MarkProbes(settings.commitSlack().toNanos() / 1000);
    SourceSchemas schemas = new SourceSchemas(definition.source(), log, progress);
    this.appender =
        new TransactionAppender(definition, log, schemas, effectiveClock, knowledge, counters);
    ChunkAppender chunks =
        new ChunkAppender(definition.source(), log, schemas, effectiveClock, knowledge, counters);
    RowFormat format = upstream.rowFormat();
    this.rows = new RowPlacing(knowledge, chunks, format, appender, clock);
    this.troubles = new TroubleReports(definition.source(), counters, troubles);
    this.forks =
        new ForkFollowing(
            definition.source(), log, knowledge, effectiveClock, counters, this.troubles);
    this.tables =
        new TableWatch(
            definition,
            knowledge,
            schemas,
            format,
            rows,
            this.troubles,
            effectiveClock.watermark());
    this.backOff = new BackOff(settings.retryMin(), settings.retryMax());
    this.board = new StatusBoard(definition.source(), clock.instant(), rows::progress);
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
    while (!readings.offer(probe)) {
      readings.poll();
    }
  }

  /** Takes what a look at the source's catalogue found, from any thread. */
  void inspected(SourceCondition condition) {
    board.retained(condition.retainedBytes());
    tables.inspected(condition);
  }

  /** The source's clock cannot be read, so an idle source will look stale. For any thread. */
  void probeFailed(Exception failure) {
    board.probeFailed(String.valueOf(failure.getMessage()));
  }

  @Override
  public boolean step() {
    Instant now = clock.instant();
    boolean worked;
    try {
      takeReadings();
      worked = step(now);
    } catch (SourceLost e) {
      givenUp = e.isForGood() ? Optional.of(String.valueOf(e.getMessage())) : givenUp;
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

  // Connect, and decide how to go on

  private boolean connect() throws SourceLost {
    Upstream.Connection connection = upstream.connect();
    try {
      counters.connections++;
      forgetTables(connection.added());
      if (!knowledge.isOf(connection.incarnation())) {
        marks.clear();
      }
      Resumption resumption =
          givenUp.isPresent() ? new Resumption.BeginAnew(givenUp) : forks.resumption(connection);
      switch (resumption) {
        case Resumption.Continue(SourcePosition from) -> {
          open(connection);
          beginReading(unread(), from);
          tailFrom(connection, from);
        }
        case Resumption.BeginAnew(Optional<String> gap) -> {
          gap.ifPresent(this::recordGap);
          open(connection);
          SourcePosition from = connection.beginAnew();
          givenUp = Optional.empty();
          knowledge.beginAnew(from);
          beginReading(definition.tables(), from);
          tailFrom(connection, from);
        }
      }
    } catch (SourceLost | RuntimeException e) {
      connection.close();
      throw e;
    }
    return true;
  }

  private void open(Upstream.Connection connection) {
    long offsetMicros = definition.settings().clockOffset().toNanos() / 1000;
    if (!knowledge.isOpenedAs(connection.incarnation(), offsetMicros)) {
      log.append(
          new LogRecord.SourceOpened(
              source(), upstream.type(), connection.incarnation(), offsetMicros));
      knowledge.opened(connection.incarnation(), offsetMicros);
    }
    board.connected(connection.incarnation());
  }

  private void forgetTables(Set<TableName> added) {
    added.stream()
        .filter(knowledge.known()::contains)
        .forEach(table -> recordUnknown(table, "it was not in its publication"));
    Set<TableName> unwanted = new TreeSet<>(knowledge.known());
    unwanted.addAll(knowledge.reading().keySet());
    unwanted.removeAll(definition.tables());
    unwanted.forEach(table -> recordUnknown(table, "it is no longer configured"));
  }

  private void recordGap(String reason) {
    counters.gaps++;
    troubles.raise(new SourceTrouble.Gap(source(), lastWholeTime(), reason));
    List.copyOf(knowledge.known()).forEach(table -> recordUnknown(table, reason));
  }

  private void recordUnknown(TableName table, String reason) {
    rows.forget(table, lastWholeTime(), reason);
  }

  /** More could have come with the very time of the watermark. */
  private EffectiveTime lastWholeTime() {
    return effectiveClock.watermark().previous();
  }

  // Rows that exist

  /** Tables that are neither known nor on their way to be. */
  private Set<TableName> unread() {
    Set<TableName> unread = new TreeSet<>(definition.tables());
    unread.removeAll(knowledge.known());
    unread.removeAll(knowledge.reading().keySet());
    return unread;
  }

  private void beginReading(Set<TableName> tables, SourcePosition at) {
    if (!tables.isEmpty()) {
      rows.begin(tables, at);
    }
  }

  // Tail

  private void tailFrom(Upstream.Connection connection, SourcePosition from) throws SourceLost {
    SourceStream stream = connection.resume(from);
    appender.resumed(from);
    rows.watchAnew();
    tables.take();
    heardAt = clock.instant();
    asksAgain = true;
    life = new Tailing(connection, stream);
  }

  private boolean tail(Tailing tailing, Instant now) throws SourceLost {
    int heard = tailing.stream().poll(rows.watch(), FRAMES_PER_STEP);
    counters.spooledBytes = tailing.stream().spooledBytes();
    if (heard > 0) {
      heardAt = now;
      backOff.reset();
      troubles.tailed();
      board.heard(now);
    } else if (heardAt.plus(definition.settings().silenceMax()).isBefore(now)) {
      throw new SourceLost("The database has been silent since " + heardAt);
    }
    boolean added = appender.isBetweenTransactions() && add(tailing.stream(), now);
    confirm(tailing.stream(), now);
    return heard > 0 || added;
  }

  /** What goes between the stream's transactions. */
  private boolean add(SourceStream stream, Instant now) throws SourceLost {
    Optional<SourceCondition> condition = tables.take();
    if (condition.isPresent()) {
      guard(condition.get());
      tables.act(condition.get(), appender.passed().orElseThrow());
    }
    boolean placed = rows.place(appender.passed().orElseThrow());
    return mark(stream, now) || placed;
  }

  /** Rather a gap here than a disk there that is full of what we have not read. */
  private void guard(SourceCondition condition) throws SourceLost {
    long max = definition.settings().retainedBytesMax();
    if (condition.retainedBytes().orElse(0) > max) {
      givenUp =
          Optional.of(
              "its log was kept for us up to the limit of %d bytes, and was given up"
                  .formatted(max));
      throw new SourceLost(givenUp.get());
    }
  }

  private void takeReadings() {
    for (Probe probe = readings.poll(); probe != null; probe = readings.poll()) {
      board.probed(probe.position());
      if (!knowledge.isOf(probe.incarnation())) {
        continue;
      }
      if (effectiveClock.believe(probe.sourceMicros())) {
        marks.add(probe);
        asksAgain = true;
      } else {
        counters.jumps++;
      }
    }
  }

  /** Moves the watermark of a source that has nothing to say, or at least its position. */
  private boolean mark(SourceStream stream, Instant now) {
    SourcePosition passed = appender.passed().orElseThrow();
    OptionalLong proven = marks.proven(passed);
    Optional<EffectiveTime> mark =
        proven.isPresent() ? effectiveClock.mark(proven.getAsLong()) : Optional.empty();
    if (mark.isEmpty() && !mustRecord(passed, stream, now)) {
      return false;
    }
    appender.appendMark(mark.orElse(effectiveClock.watermark()), passed);
    recordedAt = now;
    return true;
  }

  /**
   * Only what our log names is ever confirmed. So where the source waits for a confirmation (to
   * shut down, say), or keeps its log only for want of one, a mark repeats the watermark with a
   * later position.
   */
  private boolean mustRecord(SourcePosition passed, SourceStream stream, Instant now) {
    SourcePosition recorded = knowledge.resume().orElseThrow();
    return Positions.compare(passed, recorded) > 0
        && (stream.awaitsConfirmation() || recordedAt.plus(POSITION_EVERY).isBefore(now));
  }

  private void confirm(SourceStream stream, Instant now) throws SourceLost {
    SourcePosition passed = appender.passed().orElseThrow();
    boolean isUrgent =
        stream.awaitsConfirmation() || (asksAgain && marks.awaits(passed)) || rows.awaits(passed);
    Duration wait = isUrgent ? CONFIRM_AGAIN_MIN : definition.settings().confirmEvery();
    if (confirmedAt.isAfter(Instant.MIN) && now.isBefore(confirmedAt.plus(wait))) {
      return;
    }
    SourcePosition confirmable = knowledge.confirmable(log.end()).orElseThrow();
    stream.confirm(confirmable);
    board.confirmed(confirmable);
    confirmedAt = now;
    asksAgain = false;
  }

  // End

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
