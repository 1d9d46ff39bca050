package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Incarnation;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.LogRecord.Change;
import dev.overseer.model.LogRecord.Commit;
import dev.overseer.model.LogRecord.DeadLetter;
import dev.overseer.model.LogRecord.Expired;
import dev.overseer.model.LogRecord.Forked;
import dev.overseer.model.LogRecord.Horizon;
import dev.overseer.model.LogRecord.Mark;
import dev.overseer.model.LogRecord.Schema;
import dev.overseer.model.LogRecord.SourceOpened;
import dev.overseer.model.LogRecord.TableKnown;
import dev.overseer.model.LogRecord.TableReading;
import dev.overseer.model.LogRecord.TableUnknown;
import dev.overseer.model.LogRecord.TimeBasis;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import dev.overseer.model.TransactionId;
import dev.overseer.model.TreatedColumn;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * The bytes of the update log's records. Each record begins with an octet that says its kind and
 * with it the layout of the rest: a layout never changes, a new one gets a new octet, so every log
 * ever written can be read. {@code docs/reference/log-format.md} tells it byte by byte.
 */
public final class UpdateLogCodec implements RecordCodec<LogRecord> {
  private static final int SOURCE_OPENED = 1;
  private static final int SCHEMA = 2;
  private static final int CHANGE = 3;
  private static final int DEAD_LETTER = 4;
  private static final int COMMIT = 5;
  private static final int MARK = 6;
  private static final int TABLE_KNOWN = 7;
  private static final int TABLE_UNKNOWN = 8;
  private static final int TABLE_READING = 9;
  private static final int FORKED = 10;
  private static final int TREATED_SCHEMA = 11;
  private static final int HORIZON = 12;
  private static final int EXPIRED = 13;

  private final Interned<SourceName> sources = new Interned<>(SourceName::new);
  private final Interned<String> words = new Interned<>(text -> text);

  @Override
  public byte[] encode(LogRecord record) {
    return switch (record) {
      case Change change -> encode(change);
      case Commit commit -> encode(commit);
      case SourceOpened opened ->
          begin(SOURCE_OPENED, opened, 64)
              .text(opened.type())
              .text(opened.incarnation().system())
              .number(opened.incarnation().timeline())
              .signed(opened.clockOffsetMicros())
              .toBytes();
      case Schema schema -> encode(schema);
      case DeadLetter letter ->
          begin(DEAD_LETTER, letter, 64 + letter.raw().length)
              .number(letter.ordinal())
              .text(letter.format())
              .text(letter.reason())
              .raw(letter.raw())
              .toBytes();
      case Mark mark ->
          PositionBytes.write(
                  begin(MARK, mark, 48).signed(mark.watermark().micros()), mark.position())
              .toBytes();
      case TableKnown known ->
          table(begin(TABLE_KNOWN, known, 64), known.table())
              .signed(known.from().micros())
              .toBytes();
      case TableUnknown unknown ->
          table(begin(TABLE_UNKNOWN, unknown, 128), unknown.table())
              .signed(unknown.after().micros())
              .text(unknown.reason())
              .toBytes();
      case TableReading reading ->
          ReadingBytes.write(begin(TABLE_READING, reading, 128), reading).toBytes();
      case Forked forked -> encode(forked);
      case Horizon horizon -> begin(HORIZON, horizon, 32).signed(horizon.from().micros()).toBytes();
      case Expired expired -> begin(EXPIRED, expired, 24).number(expired.ordinal()).toBytes();
    };
  }

  private static byte[] encode(Schema schema) {
    boolean isTreated = !schema.treated().isEmpty();
    ByteWriter writer =
        table(
                begin(isTreated ? TREATED_SCHEMA : SCHEMA, schema, 64 + schema.bytes().length),
                schema.table())
            .text(schema.format());
    return (isTreated ? TreatedBytes.write(writer, schema.treated()) : writer)
        .raw(schema.bytes())
        .toBytes();
  }

  private static byte[] encode(Change change) {
    return begin(CHANGE, change, 32 + change.raw().length)
        .number(change.ordinal())
        .octet(change.operation().code())
        .number(change.schema().value())
        .raw(change.raw())
        .toBytes();
  }

  private static byte[] encode(Forked forked) {
    ByteWriter writer =
        begin(FORKED, forked, 64)
            .text(forked.incarnation().system())
            .number(forked.incarnation().timeline());
    return PositionBytes.write(writer, forked.fork())
        .number(forked.disowned().value())
        .signed(forked.from().micros())
        .toBytes();
  }

  private static byte[] encode(Commit commit) {
    Incarnation incarnation = commit.transaction().incarnation();
    ByteWriter writer =
        begin(COMMIT, commit, 96).text(incarnation.system()).number(incarnation.timeline());
    PositionBytes.write(writer, commit.transaction().commit());
    return PositionBytes.write(writer, commit.end())
        .number(commit.xid())
        .number(commit.first().value())
        .number(commit.count())
        .signed(commit.commitTime().getEpochSecond())
        .number(commit.commitTime().getNano())
        .signed(commit.effectiveTime().micros())
        .octet(code(commit.basis()))
        .toBytes();
  }

  /** What every record begins with: its kind and its source. */
  private static ByteWriter begin(int kind, LogRecord record, int expected) {
    return new ByteWriter(expected).octet(kind).text(record.source().value());
  }

  private static ByteWriter table(ByteWriter writer, TableName table) {
    return writer.text(table.schema()).text(table.name());
  }

  private static int code(TimeBasis basis) {
    return switch (basis) {
      case COMMIT_TIME -> 'c';
      case PREDECESSOR -> 'p';
      case MARK -> 'm';
      case JUMP -> 'j';
    };
  }

  private static TimeBasis basis(int code) {
    for (TimeBasis basis : TimeBasis.values()) {
      if (code(basis) == code) {
        return basis;
      }
    }
    throw new CorruptStore("No time basis has the code " + code);
  }

  @Override
  public LogRecord decode(byte[] bytes, int from, int to) {
    ByteReader reader = new ByteReader(bytes, from, to);
    int kind = reader.octet();
    SourceName source = reader.named(sources);
    LogRecord record =
        switch (kind) {
          case CHANGE -> change(reader, source);
          case COMMIT -> commit(reader, source);
          case SOURCE_OPENED ->
              new SourceOpened(source, word(reader), incarnation(reader), reader.signed());
          case SCHEMA -> new Schema(source, table(reader), word(reader), reader.rest());
          case TREATED_SCHEMA -> treatedSchema(reader, source);
          case DEAD_LETTER ->
              new DeadLetter(source, reader.size(), word(reader), word(reader), reader.rest());
          case MARK -> new Mark(source, time(reader), PositionBytes.read(reader));
          case TABLE_KNOWN -> new TableKnown(source, table(reader), time(reader));
          case TABLE_UNKNOWN -> new TableUnknown(source, table(reader), time(reader), word(reader));
          case TABLE_READING -> ReadingBytes.read(reader, source);
          case FORKED ->
              new Forked(
                  source,
                  incarnation(reader),
                  PositionBytes.read(reader),
                  offset(reader),
                  time(reader));
          case HORIZON -> new Horizon(source, time(reader));
          case EXPIRED -> new Expired(source, reader.size());
          default ->
              throw new CorruptStore(
                  "No record kind has the number %d; a newer version may have written it"
                      .formatted(kind));
        };
    reader.requireEnd();
    return record;
  }

  private Schema treatedSchema(ByteReader reader, SourceName source) {
    TableName table = table(reader);
    String format = word(reader);
    List<TreatedColumn> treated = TreatedBytes.read(reader);
    return new Schema(source, table, format, reader.rest(), treated);
  }

  private static Change change(ByteReader reader, SourceName source) {
    int ordinal = reader.size();
    Operation operation = Operation.of((char) reader.octet());
    return new Change(source, ordinal, operation, offset(reader), reader.rest());
  }

  private Commit commit(ByteReader reader, SourceName source) {
    TransactionId transaction = new TransactionId(incarnation(reader), PositionBytes.read(reader));
    SourcePosition end = PositionBytes.read(reader);
    long xid = reader.number();
    LogOffset first = offset(reader);
    int count = reader.size();
    Instant commitTime = instant(reader.signed(), reader.size());
    return new Commit(
        source,
        transaction,
        end,
        xid,
        first,
        count,
        commitTime,
        time(reader),
        basis(reader.octet()));
  }

  private static Instant instant(long seconds, int nanos) {
    try {
      return Instant.ofEpochSecond(seconds, nanos);
    } catch (DateTimeException | ArithmeticException e) {
      throw new CorruptStore("No commit time is " + seconds + " s from the epoch", e);
    }
  }

  private Incarnation incarnation(ByteReader reader) {
    return new Incarnation(word(reader), reader.number());
  }

  private String word(ByteReader reader) {
    return reader.named(words);
  }

  private TableName table(ByteReader reader) {
    return new TableName(word(reader), word(reader));
  }

  private static EffectiveTime time(ByteReader reader) {
    return new EffectiveTime(reader.signed());
  }

  private static LogOffset offset(ByteReader reader) {
    long value = reader.number();
    if (value < 0) {
      throw new CorruptStore("A stored log offset cannot be " + value);
    }
    return new LogOffset(value);
  }
}
