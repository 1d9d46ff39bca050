package dev.overseer.examples.journey;

import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.ingestion.Chunk;
import dev.overseer.ingestion.Probe;
import dev.overseer.ingestion.ReadingOrder;
import dev.overseer.ingestion.RowFormat;
import dev.overseer.ingestion.RowTouch;
import dev.overseer.ingestion.SourceClock;
import dev.overseer.ingestion.SourceCondition;
import dev.overseer.ingestion.SourceCondition.TableCondition.Watched;
import dev.overseer.ingestion.SourceRows;
import dev.overseer.ingestion.SourceStream;
import dev.overseer.ingestion.StreamReceiver;
import dev.overseer.ingestion.Upstream;
import dev.overseer.ingestion.Visibility;
import dev.overseer.model.Incarnation;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.model.SourcePosition;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A database with one empty table that commits what it is told, and speaks to ingestion as Postgres
 * does: the same bytes, without the network. The tests of ingestion use real servers.
 */
final class PaperDatabase implements Upstream, SourceClock, SourceRows {
  private static final Incarnation INCARNATION = new Incarnation("paper", 1);

  private final PgTable table;
  private final InstantSource clock;
  private final Deque<Sent> sent = new ArrayDeque<>();
  private long position = 100;
  private Optional<SourcePosition> confirmed = Optional.empty();

  /**
   * @param position nothing of what it hands over was committed after it
   */
  private record Sent(long position, Consumer<StreamReceiver> hand) {}

  PaperDatabase(PgTable table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
  }

  /** Commits one new row, now. */
  void insert(String... row) {
    Lsn commit = new Lsn(position);
    position += 10;
    Lsn end = new Lsn(position);
    long now = micros();
    sent.add(
        new Sent(
            commit.value(),
            into -> {
              into.begin(commit, now, commit.value());
              into.schema(table.name(), Formats.PGOUTPUT, table.relation())
                  .ifPresent(schema -> into.change(Operation.INSERT, schema, table.insert(row)));
              into.commit(end);
            }));
  }

  /** Up to where we told it that it need not keep anything for us. */
  Optional<SourcePosition> confirmed() {
    return confirmed;
  }

  private long micros() {
    return clock.millis() * 1000;
  }

  @Override
  public Probe read() {
    Lsn end = new Lsn(position);
    sent.add(new Sent(0, into -> into.passed(end)));
    return new Probe(INCARNATION, micros(), end, new long[0]);
  }

  /** Nobody takes its table away, today or later. */
  @Override
  public SourceCondition inspect() {
    Watched watched = new Watched("1", "");
    return new SourceCondition(
        INCARNATION, new Lsn(Long.MAX_VALUE), OptionalLong.empty(), Map.of(table.name(), watched));
  }

  @Override
  public long fence() {
    return 0;
  }

  @Override
  public boolean isPast(long fence) {
    return true;
  }

  @Override
  public Chunk read(ReadingOrder order, int rowsMax) {
    return new Chunk(
        order,
        new Visibility(position, position, new long[0]),
        new Lsn(position),
        micros(),
        Formats.PGOUTPUT,
        table.relation(),
        List.of(),
        Optional.empty(),
        0);
  }

  @Override
  public RowFormat rowFormat() {
    return new RowFormat() {
      @Override
      public RowTouch touch(byte[] schema, Operation operation, byte[] raw) {
        return new RowTouch.Unreadable();
      }

      @Override
      public String identity(byte[] schema) {
        return "1";
      }

      @Override
      public byte[] emptying(byte[] schema) {
        throw new AssertionError("The table was read once");
      }
    };
  }

  @Override
  public String type() {
    return "paper";
  }

  @Override
  public Connection connect() {
    return new PaperConnection();
  }

  @Override
  public void close() {}

  private final class PaperConnection implements Connection {
    @Override
    public Incarnation incarnation() {
      return INCARNATION;
    }

    @Override
    public Optional<SourcePosition> retained() {
      return confirmed;
    }

    @Override
    public SourcePosition beginAnew() {
      return new Lsn(position);
    }

    @Override
    public SourceStream resume(SourcePosition from) {
      confirmed = Optional.of(from);
      return new Stream();
    }

    @Override
    public void close() {}
  }

  private final class Stream implements SourceStream {
    private boolean held;

    @Override
    public int poll(StreamReceiver into, SourcePosition until, int framesMax) {
      int frames = 0;
      held = false;
      while (frames < framesMax && !sent.isEmpty() && !held) {
        held = new Lsn(sent.peek().position()).compareTo((Lsn) until) >= 0;
        if (!held) {
          sent.remove().hand().accept(into);
          frames++;
        }
      }
      return frames;
    }

    @Override
    public boolean isHeld() {
      return held;
    }

    @Override
    public void confirm(SourcePosition durable) {
      confirmed = Optional.of(durable);
    }

    @Override
    public boolean awaitsConfirmation() {
      return false;
    }

    @Override
    public void close() {}
  }
}
