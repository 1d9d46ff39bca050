package dev.overseer.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.model.Incarnation;
import dev.overseer.model.Lsn;
import dev.overseer.model.Operation;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A small model of a Postgres with one table: transactions overlap, are logged before others see
 * them, and hold their rows' locks until then. A row has a key, a value, and a large value, which
 * is logged only when it changes.
 */
final class ModelDatabase implements Upstream, SourceRows {
  static final TableName TABLE = new TableName("public", "rows");

  private static final byte[] SCHEMA = "schema".getBytes(UTF_8);
  private static final int KEYS = 24;

  private final SplittableRandom random;
  private final HandClock clock;
  private final TreeMap<Integer, Row> visible = new TreeMap<>();
  private final List<Transaction> running = new ArrayList<>();
  private final List<Transaction> unseen = new ArrayList<>();
  private final List<Transaction> logged = new ArrayList<>();
  private final Set<Integer> locked = new HashSet<>();
  private final Arrivals arriving = new Arrivals();
  private final List<Ancestor> ancestors = new ArrayList<>();
  private Incarnation incarnation = new Incarnation("model", 1);
  private Optional<Lsn> retained = Optional.empty();
  private boolean broken;
  private long nextXid = (1L << 32) - 40;
  private long end = 1000;
  private int versions;

  record Row(String value, String large) {}

  /** A change as the log has it, and what it does to the rows. */
  private record Step(Operation operation, String raw, Consumer<Map<Integer, Row>> effect) {}

  private static final class Transaction {
    final long xid;
    final List<Step> steps = new ArrayList<>();
    final Set<Integer> keys = new HashSet<>();
    Lsn commit = Lsn.ZERO;

    Transaction(long xid) {
      this.xid = xid;
    }
  }

  ModelDatabase(SplittableRandom random, HandClock clock) {
    this.random = random;
    this.clock = clock;
    begin();
  }

  private void begin() {
    visible.clear();
    for (int key = 0; key < KEYS; key += 2) {
      visible.put(key, new Row("v" + key, "large" + key));
    }
  }

  Map<Integer, Row> rows() {
    return visible;
  }

  /** Something happens, at random. */
  void step() {
    switch (random.nextInt(8)) {
      case 0 -> running.add(new Transaction(nextXid++));
      case 1, 2, 3 -> pick(running).ifPresent(this::change);
      case 4 -> pick(running).ifPresent(this::log);
      case 5 -> pick(running).filter(_ -> random.nextInt(6) == 0).ifPresent(this::abort);
      case 6 -> pick(unseen).ifPresent(this::show);
      default -> truncate();
    }
  }

  void finish() {
    List.copyOf(running).forEach(this::log);
    List.copyOf(unseen).forEach(this::show);
  }

  private Optional<Transaction> pick(List<Transaction> from) {
    return from.isEmpty() ? Optional.empty() : Optional.of(from.get(random.nextInt(from.size())));
  }

  /** A row of this model is changed once in a transaction, which sees what is visible. */
  private void change(Transaction transaction) {
    int key = random.nextInt(KEYS);
    if (locked.contains(key)) {
      return;
    }
    Row row = visible.get(key);
    String value = "v" + versions++;
    if (row == null) {
      String large = "large" + versions;
      add(transaction, Operation.INSERT, "I|%d|%s|%s".formatted(key, value, large), key);
      effect(transaction, rows -> rows.put(key, new Row(value, large)));
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> {
        add(transaction, Operation.DELETE, "D|" + key, key);
        effect(transaction, rows -> rows.remove(key));
      }
      case 1 -> {
        add(transaction, Operation.UPDATE, "U||%d|%s|%s".formatted(key, value, value), key);
        effect(transaction, rows -> rows.put(key, new Row(value, value)));
      }
      case 2 -> {
        add(transaction, Operation.UPDATE, "U||%d|%s|~".formatted(key, value), key);
        effect(transaction, rows -> rows.put(key, new Row(value, row.large())));
      }
      default -> move(transaction, key, row, value);
    }
  }

  private void move(Transaction transaction, int from, Row row, String value) {
    int to = random.nextInt(KEYS);
    if (to != from && !locked.contains(to) && !visible.containsKey(to)) {
      add(transaction, Operation.UPDATE, "U|%d|%d|%s|~".formatted(from, to, value), from);
      hold(transaction, to);
      effect(
          transaction,
          rows -> {
            rows.remove(from);
            rows.put(to, new Row(value, row.large()));
          });
    }
  }

  /** Waits for every lock, and keeps everybody out until it is visible. */
  private void truncate() {
    if (running.isEmpty() && unseen.isEmpty() && random.nextInt(10) == 0) {
      Transaction transaction = new Transaction(nextXid++);
      transaction.steps.add(new Step(Operation.TRUNCATE, "T", Map::clear));
      for (int key = 0; key < KEYS; key++) {
        hold(transaction, key);
      }
      running.add(transaction);
    }
  }

  private void add(Transaction transaction, Operation operation, String raw, int key) {
    transaction.steps.add(new Step(operation, raw, _ -> {}));
    hold(transaction, key);
  }

  private void effect(Transaction transaction, Consumer<Map<Integer, Row>> effect) {
    Step step = transaction.steps.removeLast();
    transaction.steps.add(new Step(step.operation(), step.raw(), effect));
  }

  private void hold(Transaction transaction, int key) {
    transaction.keys.add(key);
    locked.add(key);
  }

  private void abort(Transaction transaction) {
    running.remove(transaction);
    locked.removeAll(transaction.keys);
  }

  /** Its commit is in the log, and sent, but nobody sees what it did. */
  private void log(Transaction transaction) {
    running.remove(transaction);
    transaction.commit = new Lsn(end);
    end += 10;
    logged.add(transaction);
    unseen.add(transaction);
    send(transaction);
  }

  private void show(Transaction transaction) {
    unseen.remove(transaction);
    transaction.steps.forEach(step -> step.effect().accept(visible));
    locked.removeAll(transaction.keys);
  }

  private void send(Transaction transaction) {
    Lsn after = new Lsn(transaction.commit.value() + 10);
    long xid = transaction.xid & 0xFFFF_FFFFL;
    arriving.begin(transaction.commit, into -> into.begin(transaction.commit, clock.micros(), xid));
    for (Step step : transaction.steps) {
      arriving.add(
          into ->
              into.change(
                  step.operation(),
                  into.schema(TABLE, "model", SCHEMA).orElseThrow(),
                  step.raw().getBytes(UTF_8)));
    }
    arriving.add(into -> into.commit(after));
  }

  Lsn end() {
    return new Lsn(end);
  }

  /** What a look finds now: all is well. */
  SourceCondition condition() {
    return new SourceCondition(incarnation, new Lsn(end), OptionalLong.empty(), Map.of());
  }

  /**
   * A standby takes over that never had the last transactions, and perhaps not our slot. Whatever
   * it has is visible there; numbers of transactions that it never had are given again.
   */
  void promoteStandby() {
    int lost = Math.min(loggedSinceFork(), random.nextInt(4));
    List<Transaction> gone = logged.subList(logged.size() - lost, logged.size());
    Lsn fork = lost == 0 ? new Lsn(end) : gone.getFirst().commit;
    gone.clear();
    nextXid = logged.stream().mapToLong(kept -> kept.xid + 1).max().orElse(nextXid);
    running.clear();
    unseen.clear();
    locked.clear();
    begin();
    logged.forEach(kept -> kept.steps.forEach(step -> step.effect().accept(visible)));
    ancestors.add(new Ancestor(incarnation, fork));
    incarnation = new Incarnation(incarnation.system(), incarnation.timeline() + 1);
    end = fork.value() + 3;
    retained =
        random.nextInt(3) == 0
            ? Optional.empty()
            : retained.map(position -> position.compareTo(fork) < 0 ? position : fork);
    breakConnection();
  }

  /** What is before the last fork, every standby that knows of it has. */
  private int loggedSinceFork() {
    return ancestors.isEmpty()
        ? logged.size()
        : (int)
            logged.stream()
                .filter(each -> Positions.reached(each.commit, ancestors.getLast().end()))
                .count();
  }

  void breakConnection() {
    broken = true;
  }

  // What ingestion sees of it

  @Override
  public String type() {
    return "model";
  }

  @Override
  public Connection connect() {
    arriving.clear();
    broken = false;
    return new ModelConnection();
  }

  private final class ModelConnection implements Connection {
    @Override
    public Incarnation incarnation() {
      return incarnation;
    }

    @Override
    public List<Ancestor> ancestors() {
      return List.copyOf(ancestors);
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
      SourcePosition from = sentFrom(position);
      logged.stream()
          .filter(transaction -> Positions.reached(transaction.commit, from))
          .forEach(ModelDatabase.this::send);
      return new ModelStream();
    }

    /** Now and then all that was never confirmed comes again, though less was asked for. */
    private SourcePosition sentFrom(SourcePosition asked) {
      return random.nextInt(3) == 0
          ? retained.map(held -> Positions.earlier(asked, held)).orElse(asked)
          : asked;
    }

    @Override
    public void close() {}
  }

  private final class ModelStream implements SourceStream {
    private boolean isHeld;

    @Override
    public int poll(StreamReceiver into, SourcePosition until, int framesMax) throws SourceLost {
      if (broken) {
        throw new SourceLost("the connection broke");
      }
      int frames = random.nextInt(6);
      for (int i = 0; i < frames && arriving.handOver(into, until); i++) {
        // As it comes.
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
      retained = retained.map(before -> before.max((Lsn) durable));
      Lsn position = new Lsn(end);
      arriving.add(into -> into.passed(position));
    }

    @Override
    public boolean awaitsConfirmation() {
      return false;
    }

    @Override
    public void close() {}
  }

  @Override
  public long fence() {
    return nextXid++;
  }

  @Override
  public boolean isPast(long fence) {
    return visibility().xmin() >= fence;
  }

  private Visibility visibility() {
    List<Transaction> inProgress = new ArrayList<>(running);
    inProgress.addAll(unseen);
    long[] xids = inProgress.stream().mapToLong(transaction -> transaction.xid).sorted().toArray();
    return new Visibility(xids.length == 0 ? nextXid : xids[0], nextXid, xids);
  }

  @Override
  public Chunk read(ReadingOrder order, int rowsMax) {
    List<Chunk.Row> rows = new ArrayList<>();
    int after = order.next().isEmpty() ? -1 : Integer.parseInt(order.next().getFirst());
    boolean isAgain = !order.again().isEmpty();
    int last = after;
    for (Map.Entry<Integer, Row> row : visible.entrySet()) {
      boolean isWanted =
          isAgain
              ? order.again().contains(List.of(row.getKey().toString()))
              : row.getKey() > after && rows.size() < rowsMax;
      if (isWanted) {
        rows.add(chunkRow(row.getKey(), row.getValue()));
        last = row.getKey();
      }
    }
    boolean isLast = isAgain || rows.size() < rowsMax;
    return new Chunk(
        order,
        visibility(),
        new Lsn(end),
        clock.micros(),
        "model",
        SCHEMA,
        rows,
        isLast ? Optional.empty() : Optional.of(List.of(Integer.toString(last))),
        visible.size());
  }

  private static Chunk.Row chunkRow(int key, Row row) {
    String raw = "I|%d|%s|%s".formatted(key, row.value(), row.large());
    return new Chunk.Row(List.of(Integer.toString(key)), raw.getBytes(UTF_8));
  }

  @Override
  public RowFormat rowFormat() {
    return new ModelFormat();
  }

  @Override
  public void close() {}

  private static final class ModelFormat implements RowFormat {
    @Override
    public RowTouch touch(byte[] schema, Operation operation, byte[] raw) {
      String[] parts = new String(raw, UTF_8).split("\\|");
      return switch (parts[0]) {
        case "I" -> new RowTouch.Written(List.of(parts[1]), Optional.empty(), true);
        case "U" ->
            new RowTouch.Written(
                List.of(parts[2]),
                parts[1].isEmpty() ? Optional.empty() : Optional.of(List.of(parts[1])),
                !parts[4].equals("~"));
        case "D" -> new RowTouch.Removed(List.of(parts[1]));
        case "T" -> new RowTouch.Emptied();
        default -> throw new AssertionError(parts[0]);
      };
    }

    @Override
    public String identity(byte[] of) {
      return "1";
    }

    @Override
    public byte[] emptying(byte[] schema) {
      return "T".getBytes(UTF_8);
    }
  }
}
