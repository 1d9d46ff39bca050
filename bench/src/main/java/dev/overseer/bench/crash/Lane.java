package dev.overseer.bench.crash;

import dev.overseer.model.Operation;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Makes withdrawals of its own, one after the other, and comes back later to those that are healed.
 * Belongs to one thread.
 */
final class Lane {
  /** A booking is committed before its withdrawal, so that a view never lacks it by a race. */
  private static final int BATCH = 10;

  private static final double BATCHES = 0.25;
  private static final double FATES = 0.04;
  private static final double MEMOS = 0.15;

  /** Well after the check has failed by its own patience. */
  private static final Duration HEAL_AFTER = Duration.ofSeconds(4);

  private static final Duration MEMO_FOR = Duration.ofMillis(300);

  private final SplittableRandom random;
  private final History history;
  private final Map<Table, Connection> connections;
  private final PriorityQueue<Later> later = new PriorityQueue<>();

  /** Changes that are due at a time of {@link System#nanoTime}. */
  private record Later(long dueNanos, List<RowChange> changes) implements Comparable<Later> {
    @Override
    public int compareTo(Later other) {
      return Long.compare(dueNanos - other.dueNanos, 0);
    }
  }

  Lane(long seed, History history, Map<Table, Connection> connections) {
    this.random = new SplittableRandom(seed);
    this.history = history;
    this.connections = new EnumMap<>(connections);
  }

  /**
   * Makes one withdrawal or a batch of them.
   *
   * @param fates whether some may go wrong
   */
  void makeNext(boolean fates) throws SQLException {
    if (random.nextDouble() < BATCHES) {
      makeHealthy(BATCH);
    } else if (fates && random.nextDouble() < FATES) {
      Fate[] all = Fate.values();
      make(all[random.nextInt(all.length)]);
    } else {
      makeHealthy(1);
    }
  }

  /** Commits what is due by now. */
  void makeDue() throws SQLException {
    while (!later.isEmpty() && later.peek().dueNanos() - System.nanoTime() <= 0) {
      commit(later.remove().changes());
    }
  }

  /** Whether something is still to come back to. */
  boolean hasLater() {
    return !later.isEmpty();
  }

  private void makeHealthy(int count) throws SQLException {
    List<RowChange> bookings = new ArrayList<>();
    List<RowChange> requests = new ArrayList<>();
    List<RowChange> completions = new ArrayList<>();
    List<RowChange> removals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      UUID id = id();
      BigDecimal amount = amount();
      bookings.add(entry(Operation.INSERT, id(), id, amount, "booking", 1));
      if (random.nextDouble() < MEMOS) {
        UUID memo = id();
        bookings.add(entry(Operation.INSERT, memo, id, amount, "memo", 1));
        removals.add(new RowChange(Table.ENTRIES, memo, Operation.DELETE, List.of()));
      }
      requests.add(withdrawal(Operation.INSERT, id, amount, "requested", 1));
      completions.add(withdrawal(Operation.UPDATE, id, amount, "completed", 2));
    }
    commit(bookings);
    commit(requests);
    commit(completions);
    if (!removals.isEmpty()) {
      after(MEMO_FOR, removals);
    }
  }

  private void make(Fate fate) throws SQLException {
    UUID id = id();
    UUID entry = id();
    BigDecimal amount = amount();
    RowChange booking = entry(Operation.INSERT, entry, id, amount, "booking", 1);
    RowChange completion = withdrawal(Operation.UPDATE, id, amount, "completed", 2);
    history.fated(id, fate);
    switch (fate) {
      case NEVER_BOOKED, BOOKED_LATE -> {}
      case BOOKED_WRONG, CORRECTED ->
          commit(List.of(entry(Operation.INSERT, entry, id, amount.add(amount), "booking", 1)));
      case NEVER_COMPLETED, COMPLETED_LATE -> commit(List.of(booking));
    }
    commit(List.of(withdrawal(Operation.INSERT, id, amount, "requested", 1)));
    switch (fate) {
      case NEVER_BOOKED, BOOKED_WRONG -> commit(List.of(completion));
      case BOOKED_LATE -> {
        commit(List.of(completion));
        after(HEAL_AFTER, List.of(booking));
      }
      case CORRECTED -> {
        commit(List.of(completion));
        after(HEAL_AFTER, List.of(entry(Operation.UPDATE, entry, id, amount, "booking", 2)));
      }
      case NEVER_COMPLETED -> {}
      case COMPLETED_LATE ->
          after(CrashChecks.COMPLETED_AFTER.plus(HEAL_AFTER), List.of(completion));
    }
  }

  private void after(Duration delay, List<RowChange> changes) {
    later.add(new Later(System.nanoTime() + delay.toNanos(), changes));
  }

  /** All of one table: the databases know nothing of each other. */
  private void commit(List<RowChange> transaction) throws SQLException {
    Connection connection = connections.get(transaction.getFirst().table());
    if (connection == null) {
      throw new IllegalStateException("No connection for " + transaction.getFirst().table());
    }
    for (RowChange change : transaction) {
      execute(connection, change);
    }
    connection.commit();
    history.committed(transaction);
  }

  private static void execute(Connection connection, RowChange change) throws SQLException {
    Table table = change.table();
    List<String> parameters = new ArrayList<>(change.values());
    String sql =
        switch (change.operation()) {
          case INSERT -> table.insertion();
          case UPDATE -> table.update();
          case DELETE -> table.deletion();
          case SNAPSHOT, TRUNCATE, ANNOTATION ->
              throw new IllegalStateException("The load does not " + change.operation());
        };
    if (change.operation() != Operation.INSERT) {
      parameters.add(change.id().toString());
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setString(i + 1, parameters.get(i));
      }
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("The load's own change met no row: " + change);
      }
    }
  }

  private UUID id() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private BigDecimal amount() {
    return BigDecimal.valueOf(random.nextLong(1, Long.MAX_VALUE / 4), 18);
  }

  private static RowChange withdrawal(
      Operation operation, UUID id, BigDecimal amount, String status, int revision) {
    return new RowChange(
        Table.WITHDRAWALS,
        id,
        operation,
        List.of(id.toString(), amount.toPlainString(), status, Integer.toString(revision)));
  }

  private static RowChange entry(
      Operation operation, UUID id, UUID withdrawal, BigDecimal amount, String kind, int revision) {
    return new RowChange(
        Table.ENTRIES,
        id,
        operation,
        List.of(
            id.toString(),
            withdrawal.toString(),
            amount.toPlainString(),
            kind,
            Integer.toString(revision)));
  }
}
