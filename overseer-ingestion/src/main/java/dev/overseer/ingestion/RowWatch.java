package dev.overseer.ingestion;

import dev.overseer.ingestion.Touches.Touched;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Operation;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hands the stream on, and keeps of the changes to tables whose rows are being read what chunks
 * must be reconciled with. Chunks are placed between transactions only, so what is kept then is
 * committed; a transaction that breaks off ends the watch.
 */
final class RowWatch implements StreamReceiver {
  private final StreamReceiver onward;
  private final RowFormat format;
  private final SourceKnowledge knowledge;
  private final ChunkAppender appender;
  private final Touches touches = new Touches();
  private final Map<LogOffset, Schema> schemas = new HashMap<>();
  private long xid;
  private boolean broken;

  private record Schema(TableName table, byte[] bytes) {}

  RowWatch(
      StreamReceiver onward, RowFormat format, SourceKnowledge knowledge, ChunkAppender appender) {
    this.onward = onward;
    this.format = format;
    this.knowledge = knowledge;
    this.appender = appender;
  }

  /** What the stream has brought that some chunk may not show. */
  Touches touches() {
    return touches;
  }

  /** Whether more has come since the watch began than could be kept. */
  boolean isBroken() {
    return broken;
  }

  /** Nothing that came before counts. */
  void beginAnew() {
    touches.clear();
    broken = false;
  }

  @Override
  public void begin(SourcePosition commit, long commitMicros, long number) {
    xid = number;
    onward.begin(commit, commitMicros, number);
  }

  @Override
  public Optional<LogOffset> schema(TableName table, String formatName, byte[] bytes) {
    Optional<LogOffset> offset = onward.schema(table, formatName, bytes);
    offset.ifPresent(at -> schemas.put(at, new Schema(table, bytes)));
    return offset;
  }

  @Override
  public void change(Operation operation, LogOffset schema, byte[] raw) {
    if (!knowledge.reading().isEmpty()) {
      Optional.ofNullable(schemas.get(schema)).ifPresent(by -> watch(operation, by, raw));
    }
    onward.change(operation, schema, raw);
  }

  private void watch(Operation operation, Schema schema, byte[] raw) {
    if (broken || !knowledge.reading().containsKey(schema.table())) {
      return;
    }
    RowTouch touch = format.touch(schema.bytes(), operation, raw);
    movedKey(schema.table(), touch).ifPresent(key -> appender.readAgain(schema.table(), key));
    touches.add(new Touched(xid, schema.table(), schema.bytes(), touch, raw.length));
    if (touches.isFull()) {
      beginAnew();
      broken = true;
    }
  }

  /**
   * The new key of a row that the stream does not tell whole: the chunk with its old key may come
   * too late for it, and the one with its new key may have been read. When all chunks have come,
   * the row under its old key is told already, unless it waits to be read again itself: so there is
   * an end to it, however many rows move.
   */
  private Optional<List<String>> movedKey(TableName table, RowTouch touch) {
    return touch instanceof RowTouch.Written written
            && written.previous().isPresent()
            && !written.isWhole()
            && !isTold(table, written.previous().get())
        ? Optional.of(written.key())
        : Optional.empty();
  }

  private boolean isTold(TableName table, List<String> key) {
    return knowledge
        .readingOf(table)
        .filter(reading -> reading.next().isEmpty() && !reading.again().contains(key))
        .isPresent();
  }

  @Override
  public void annotation(byte[] raw) {
    onward.annotation(raw);
  }

  @Override
  public void deadLetter(String formatName, String reason, byte[] raw) {
    onward.deadLetter(formatName, reason, raw);
  }

  @Override
  public void skip() {
    onward.skip();
  }

  @Override
  public void heartbeat() {
    onward.heartbeat();
  }

  @Override
  public void commit(SourcePosition end) {
    onward.commit(end);
  }

  @Override
  public void passed(SourcePosition position) {
    onward.passed(position);
  }
}
