package dev.overseer.ingestion;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogRecord.TableReading;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the rows that exist into the stream while it is tailed: orders them table by table, and
 * places each chunk as soon as the stream has passed its end. Between a chunk's reading and its
 * place the stream goes on; {@link Reconciliation} tells what that means for its rows.
 *
 * <p>How far a table has come is in the log with every chunk, so this goes on after a crash where
 * the log ends. What was watched of the stream is not: after every new beginning nothing is read
 * before all transactions have ended that the watch may have missed. One thread.
 */
final class RowPlacing {
  /** Keys are stored with each chunk, and read again before there are many. */
  private static final int AGAIN_MAX = 500;

  private final SourceKnowledge knowledge;
  private final ChunkAppender appender;
  private final RowFormat format;
  private final RowWatch watch;
  private final ChunkExchange exchange = new ChunkExchange();
  private final ReadingPace pace;
  private long orders;
  private long watches;

  RowPlacing(
      SourceKnowledge knowledge,
      ChunkAppender appender,
      RowFormat format,
      StreamReceiver onward,
      InstantSource clock) {
    this.knowledge = knowledge;
    this.appender = appender;
    this.format = format;
    this.watch = new RowWatch(onward, format, knowledge, appender);
    this.pace = new ReadingPace(clock);
  }

  /** What the stream is to be handed to. */
  StreamReceiver watch() {
    return watch;
  }

  ChunkExchange exchange() {
    return exchange;
  }

  /** The rows of these tables are to be read, from their beginning. */
  void begin(Collection<TableName> tables, SourcePosition at) {
    appender.begin(tables, at, format);
  }

  /** The table is not known after {@code after}. */
  void forget(TableName table, EffectiveTime after, String reason) {
    appender.forget(table, after, reason);
    order();
  }

  /** The stream begins, or what it brought cannot be relied on. */
  void watchAnew() {
    watch.beginAnew();
    watches++;
    order();
  }

  /** Nothing is to be read while nothing is tailed. */
  void pause() {
    exchange.orderNothing();
  }

  private void order() {
    if (knowledge.reading().isEmpty()) {
      exchange.orderNothing();
      return;
    }
    TableReading reading = knowledge.reading().firstEntry().getValue();
    boolean isAgain = isAgain(reading);
    orders++;
    pace.of(reading);
    exchange.order(
        new ReadingOrder(
            orders,
            watches,
            reading.table(),
            reading.next().orElse(List.of()),
            isAgain ? reading.again() : List.of()));
  }

  private static boolean isAgain(TableReading reading) {
    return reading.next().isEmpty() || reading.again().size() >= AGAIN_MAX;
  }

  /** Whether a chunk waits for the stream to get past its end. */
  boolean awaits(SourcePosition passed) {
    return exchange.peek().filter(chunk -> !Positions.reached(passed, chunk.end())).isPresent();
  }

  /**
   * Places the next chunk, if it is here and the stream has passed its end.
   *
   * @param passed everything committed before it was received; no transaction is streaming
   */
  boolean place(SourcePosition passed) {
    if (watch.isBroken()) {
      watchAnew();
      return true;
    }
    Optional<Chunk> next = exchange.peek().filter(chunk -> Positions.reached(passed, chunk.end()));
    next.ifPresent(chunk -> place(chunk, passed));
    return next.isPresent();
  }

  private void place(Chunk chunk, SourcePosition at) {
    exchange.take();
    TableName table = chunk.order().table();
    switch (Reconciliation.of(chunk, watch.touches().unseen(chunk.visible(), table))) {
      case Reconciliation.Outdated() -> order();
      case Reconciliation.Placeable(List<Chunk.Row> rows, Set<List<String>> again) ->
          place(chunk, rows, again, at);
    }
    watch.touches().forget(chunk.visible());
  }

  private void place(
      Chunk chunk, List<Chunk.Row> rows, Set<List<String>> again, SourcePosition at) {
    TableReading before = knowledge.readingOf(chunk.order().table()).orElseThrow();
    TableReading reached = reached(before, chunk, rows.size(), again);
    pace.placed(reached, chunk.rowsEstimated());
    if (reached.next().isEmpty() && reached.again().isEmpty()) {
      appender.placeLast(chunk, rows, at);
      order();
    } else {
      appender.place(chunk, rows, at, reached);
      if (isAgain(reached) || !chunk.order().again().isEmpty()) {
        order();
      }
    }
  }

  private static TableReading reached(
      TableReading before, Chunk chunk, int rows, Set<List<String>> again) {
    List<List<String>> left = new ArrayList<>(before.again());
    left.removeAll(chunk.order().again());
    again.stream().filter(key -> !left.contains(key)).forEach(left::add);
    boolean isAgain = !chunk.order().again().isEmpty();
    return new TableReading(
        before.source(),
        before.table(),
        before.rows() + rows,
        isAgain ? before.next() : chunk.next(),
        left);
  }

  /** The table that is being read, and how far that is. */
  Optional<ReadingProgress> progress() {
    return knowledge.reading().isEmpty()
        ? Optional.empty()
        : Optional.of(
            pace.progress(
                knowledge.reading().firstEntry().getValue(),
                knowledge.reading().size(),
                exchange.hindrance()));
  }
}
