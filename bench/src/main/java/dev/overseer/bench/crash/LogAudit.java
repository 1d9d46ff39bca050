package dev.overseer.bench.crash;

import dev.overseer.bench.campaign.Problems;
import dev.overseer.formats.pgoutput.PgOutputAggregator;
import dev.overseer.formats.pgoutput.PgOutputDecoder;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.LogRecord.Change;
import dev.overseer.model.LogRecord.Commit;
import dev.overseer.model.LogRecord.Schema;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.model.RecordState;
import dev.overseer.model.UpdateId;
import dev.overseer.model.Value;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.TransactionReader;
import dev.overseer.store.log.VisibleRecord;
import dev.overseer.store.log.VisibleRecord.Placed;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Every committed change is in the update log exactly once: for each row, the log tells the load's
 * own sequence of changes, with the same values, or begins with the row as a snapshot found it and
 * goes on from there, or lacks only first changes of before everything was tailed.
 */
final class LogAudit {
  private final ReadableLog<LogRecord> log;
  private final Definitions definitions;
  private final Problems problems;
  private final PgOutputDecoder decoder = new PgOutputDecoder();
  private final PgOutputAggregator aggregator = new PgOutputAggregator(_ -> false);
  private final Map<LogOffset, Schema> schemas = new HashMap<>();
  private final Set<UpdateId> ids = new HashSet<>();
  private final Map<Table, Map<UUID, List<RowChange>>> stored = new EnumMap<>(Table.class);

  private LogAudit(ReadableLog<LogRecord> log, Definitions definitions, Problems problems) {
    this.log = log;
    this.definitions = definitions;
    this.problems = problems;
  }

  /**
   * @return how many changes are in the log
   */
  static int audit(
      ReadableLog<LogRecord> log, Definitions definitions, History history, Problems problems) {
    LogAudit audit = new LogAudit(log, definitions, problems);
    audit.read();
    for (Table table : Table.values()) {
      audit.compare(
          history.rows(table), audit.stored.getOrDefault(table, Map.of()), history.early());
    }
    return audit.ids.size();
  }

  private void read() {
    try (TransactionReader reader = new TransactionReader(log, LogOffset.ZERO)) {
      while (reader.next()) {
        switch (reader.record()) {
          case VisibleRecord.Transaction transaction ->
              transaction.changes().forEach(placed -> read(transaction.commit(), placed));
          case VisibleRecord.Other other -> {
            if (other.record() instanceof Schema schema) {
              schemas.put(other.offset(), schema);
            }
          }
        }
      }
    }
  }

  private void read(Commit commit, Placed placed) {
    if (!(placed.record() instanceof Change change)) {
      problems.add("at offset %s is a dead letter: %s", placed.offset(), placed.record());
      return;
    }
    UpdateId id = new UpdateId(commit.source(), commit.transaction(), change.ordinal());
    if (!ids.add(id)) {
      problems.add("the update %s is in the log twice, the second time at %s", id, placed.offset());
    }
    Schema schema = schemas.get(change.schema());
    if (schema == null) {
      problems.add("the update %s names no schema before it", id);
      return;
    }
    keep(schema, change);
  }

  private void keep(Schema schema, Change change) {
    Table table = Table.valueOf(schema.table().name().toUpperCase(Locale.ROOT));
    ModelDefinition model = definitions.findModel(change.source(), schema.table()).orElseThrow();
    try {
      UUID row =
          UUID.fromString(
              decoder.decode(schema, change, model).key().orElseThrow().values().getFirst());
      // Every column is sent with every change here, so a fold needs no state before.
      RecordState state = aggregator.fold(RecordState.NEVER_SEEN, schema, change, Role.SAME_KEY);
      stored
          .computeIfAbsent(table, _ -> new HashMap<>())
          .computeIfAbsent(row, _ -> new ArrayList<>())
          .add(new RowChange(table, row, change.operation(), values(table, state)));
    } catch (Undecodable e) {
      problems.add("a change of %s cannot be decoded: %s", table, e);
    }
  }

  private void compare(
      Map<UUID, List<RowChange>> made, Map<UUID, List<RowChange>> found, Map<UUID, Integer> early) {
    made.forEach(
        (row, changes) ->
            compare(changes, found.getOrDefault(row, List.of()), early.getOrDefault(row, 0)));
    found.forEach(
        (row, changes) -> {
          if (!made.containsKey(row)) {
            problems.add("nobody made %s", changes);
          }
        });
  }

  private void compare(List<RowChange> made, List<RowChange> inLog, int earlyChanges) {
    List<RowChange> found = withoutRestated(inLog);
    if (!isWhole(made, found) && !isEndOf(made, found, earlyChanges)) {
      problems.add("committed were %s, and in the log are %s", made, found);
    }
  }

  /** A row that is read after the stream has told it says the same once more. */
  private static List<RowChange> withoutRestated(List<RowChange> changes) {
    List<RowChange> told = new ArrayList<>();
    for (RowChange change : changes) {
      boolean isRestated =
          change.operation() == Operation.SNAPSHOT
              && !told.isEmpty()
              && told.getLast().values().equals(change.values());
      if (!isRestated) {
        told.add(change);
      }
    }
    return told;
  }

  /** A row that changed again before it was read is told from its first change in the stream on. */
  private static boolean isEndOf(List<RowChange> made, List<RowChange> found, int earlyChanges) {
    int before = made.size() - found.size();
    return !found.isEmpty()
        && before >= 0
        && before <= earlyChanges
        && made.subList(before, made.size()).equals(found);
  }

  private static boolean isWhole(List<RowChange> made, List<RowChange> found) {
    if (found.isEmpty()) {
      // Gone before the snapshot.
      return made.getLast().operation() == Operation.DELETE;
    }
    RowChange first = found.getFirst();
    if (first.operation() != Operation.SNAPSHOT) {
      return found.equals(made);
    }
    for (int i = 0; i < made.size(); i++) {
      if (made.get(i).values().equals(first.values())) {
        return found.subList(1, found.size()).equals(made.subList(i + 1, made.size()));
      }
    }
    return false;
  }

  private static List<String> values(Table table, RecordState state) {
    return state instanceof RecordState.Present present
        ? table.columns().stream().map(column -> text(present.value(column))).toList()
        : List.of();
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.Number number -> number.value().toPlainString();
      case Value.Text text -> text.value();
      case Value.Null _,
          Value.Unknown _,
          Value.Bool _,
          Value.Time _,
          Value.Bytes _,
          Value.Items _,
          Value.Document _ ->
          value.toString();
    };
  }
}
