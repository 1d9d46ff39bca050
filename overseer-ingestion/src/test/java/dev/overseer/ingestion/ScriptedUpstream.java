package dev.overseer.ingestion;

import dev.overseer.model.Incarnation;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A database of a test's making: it keeps its log, sends again what was not confirmed, and breaks
 * connections where the test says so. Positions are small numbers, ten for each transaction.
 */
final class ScriptedUpstream implements Upstream {
  static final TableName TABLE = new TableName("public", "entries");

  private static final int NEVER = -1;
  private static final int CHUNK_ROWS = 2;

  private final HandClock clock;
  private final List<Transaction> transactions = new ArrayList<>();
  private final List<String> rows = new ArrayList<>();
  private final Arrivals arriving = new Arrivals();
  private long end = 100;
  Incarnation incarnation = new Incarnation("scripted", 1);
  private List<Ancestor> ancestors = List.of();
  Optional<Lsn> retained = Optional.empty();
  byte[] schema = bytes("schema of entries");
  int connections;
  int breakAfter = NEVER;
  boolean refuses;
  boolean awaitsConfirmation;
  boolean isSilent;

  private record Transaction(Lsn commit, long micros, List<String> changes) {
    Lsn end() {
      return new Lsn(commit.value() + 10);
    }
  }

  ScriptedUpstream(HandClock clock) {
    this.clock = clock;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  void existing(String row) {
    rows.add(row);
  }

  /** Commits, now, and sends it to whoever is connected. */
  Lsn commit(String... changes) {
    return commitStamped(clock.micros(), changes);
  }

  Lsn commitStamped(long micros, String... changes) {
    Transaction transaction = new Transaction(new Lsn(end), micros, List.of(changes));
    end += 10;
    transactions.add(transaction);
    send(transaction);
    return transaction.commit();
  }

  /** Says how far it has read its own log. */
  void keepAlive() {
    Lsn position = new Lsn(end);
    arriving.add(into -> into.passed(position));
  }

  /** A standby takes over that has what was committed before {@code fork}, and our slot. */
  void promoteStandby(Lsn fork) {
    ancestors = List.of(new Ancestor(incarnation, fork));
    incarnation = new Incarnation(incarnation.system(), incarnation.timeline() + 1);
    transactions.removeIf(transaction -> Positions.reached(transaction.commit(), fork));
    retained = retained.map(position -> position.compareTo(fork) < 0 ? position : fork);
    end = fork.value() + 3;
    breakConnection();
  }

  /** The one before was promoted too, from the same primary; this one answers in its place. */
  void promoteAnotherStandby(Lsn fork, Lsn logEnd) {
    Ancestor ancestor = ancestors.getLast();
    ancestors = List.of(new Ancestor(ancestor.incarnation(), fork));
    transactions.removeIf(transaction -> Positions.reached(transaction.commit(), fork));
    end = logEnd.value();
    breakConnection();
  }

  /** Something that only other databases' tables see: the log grows. */
  void otherWork() {
    end += 10;
  }

  Probe probe(long... inProgress) {
    return new Probe(incarnation, clock.micros(), new Lsn(end), inProgress);
  }

  /** What a look finds now: all is well. */
  SourceCondition condition() {
    return new SourceCondition(incarnation, new Lsn(end), OptionalLong.empty(), Map.of());
  }

  void breakConnection() {
    arriving.clear();
    breakAfter = 0;
  }

  private void breakIfDue() throws SourceLost {
    if (breakAfter == 0) {
      breakAfter = NEVER;
      throw new SourceLost("the connection broke");
    }
  }

  private void handedOver() {
    if (breakAfter != NEVER) {
      breakAfter--;
    }
  }

  private void send(Transaction transaction) {
    arriving.begin(
        transaction.commit(),
        into ->
            into.begin(transaction.commit(), transaction.micros(), transaction.commit().value()));
    for (String change : transaction.changes()) {
      arriving.add(into -> change(into, change));
    }
    arriving.add(into -> into.commit(transaction.end()));
  }

  private void change(StreamReceiver into, String change) {
    switch (change) {
      case "unreadable" -> into.deadLetter("scripted", "it is unreadable", bytes(change));
      case "annotation" -> into.annotation(bytes(change));
      default -> into.change(Operation.INSERT, schema(into).orElseThrow(), bytes(change));
    }
  }

  private Optional<LogOffset> schema(StreamReceiver into) {
    return into.schema(TABLE, "scripted", schema);
  }

  @Override
  public String type() {
    return "scripted";
  }

  @Override
  public Connection connect() throws SourceLost {
    if (refuses) {
      throw new InvalidRequest("run GRANT first");
    }
    if (isSilent) {
      throw new SourceLost("no route");
    }
    connections++;
    arriving.clear();
    return new ScriptedConnection();
  }

  private final class ScriptedConnection implements Connection {
    @Override
    public Incarnation incarnation() {
      return incarnation;
    }

    @Override
    public List<Ancestor> ancestors() {
      return ancestors;
    }

    @Override
    public Optional<SourcePosition> end() {
      return Optional.of(new Lsn(end));
    }

    @Override
    public Optional<SourcePosition> retained() {
      return retained.map(SourcePosition.class::cast);
    }

    @Override
    public SourcePosition beginAnew() {
      retained = Optional.of(new Lsn(end));
      return new Lsn(end);
    }

    @Override
    public SourceStream resume(SourcePosition position) {
      for (Transaction transaction : transactions) {
        if (Positions.reached(transaction.commit(), position)
            && transaction.commit().compareTo(retained.orElseThrow()) >= 0) {
          send(transaction);
        }
      }
      return new Stream();
    }

    @Override
    public void close() {}
  }

  /** The rows that exist, two to a chunk; whatever was committed is visible at once. */
  SourceRows rows() {
    return new Rows();
  }

  private final class Rows implements SourceRows {
    @Override
    public long fence() {
      return end;
    }

    @Override
    public boolean isPast(long fence) {
      return true;
    }

    @Override
    public Chunk read(ReadingOrder order, int rowsMax) throws SourceLost {
      int from = order.next().isEmpty() ? 0 : Integer.parseInt(order.next().getFirst());
      if (from > 0) {
        breakIfDue();
      }
      int to = Math.min(rows.size(), from + CHUNK_ROWS);
      return new Chunk(
          order,
          new Visibility(end, end, new long[0]),
          new Lsn(end),
          clock.micros(),
          "scripted",
          schema,
          rows.subList(from, to).stream()
              .map(row -> new Chunk.Row(List.of(row), bytes(row)))
              .toList(),
          to < rows.size() ? Optional.of(List.of(Integer.toString(to))) : Optional.empty(),
          rows.size());
    }

    @Override
    public void close() {}
  }

  @Override
  public RowFormat rowFormat() {
    return new RowFormat() {
      @Override
      public RowTouch touch(byte[] by, Operation operation, byte[] raw) {
        String row = new String(raw, StandardCharsets.UTF_8);
        return new RowTouch.Written(List.of(row), Optional.empty(), true);
      }

      @Override
      public String identity(byte[] of) {
        return "1";
      }

      @Override
      public byte[] emptying(byte[] by) {
        return bytes("truncate");
      }
    };
  }

  private final class Stream implements SourceStream {
    private boolean isHeld;

    @Override
    public int poll(StreamReceiver into, SourcePosition until, int framesMax) throws SourceLost {
      int frames = 0;
      breakIfDue();
      while (frames < framesMax && !isSilent && breakAfter != 0 && arriving.handOver(into, until)) {
        handedOver();
        frames++;
      }
      isHeld = arriving.isHeld(until);
      return frames;
    }

    @Override
    public boolean isHeld() {
      return isHeld;
    }

    @Override
    public void confirm(SourcePosition durable) {
      if (durable instanceof Lsn lsn) {
        retained = retained.map(before -> before.max(lsn));
      }
      awaitsConfirmation = false;
      if (!isSilent) {
        keepAlive();
      }
    }

    @Override
    public boolean awaitsConfirmation() {
      return awaitsConfirmation;
    }

    @Override
    public void close() {}
  }
}
