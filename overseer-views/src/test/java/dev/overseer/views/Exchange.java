package dev.overseer.views;

import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.Value;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Direction;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.model.ViewName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Withdrawals of accounts, their ledger entries in another database and the entries' lines, stored
 * in a log in memory as Postgres would send them, and indexed before each read.
 */
final class Exchange {
  static final PgTable WITHDRAWALS =
      PgTable.of(
          "payments",
          1,
          "public.withdrawals",
          "id int8 key",
          "amount numeric",
          "account_id text",
          "note text");
  static final PgTable ACCOUNTS =
      PgTable.of("payments", 2, "public.accounts", "id text key", "owner text");
  static final PgTable ENTRIES =
      PgTable.of(
          "ledger", 3, "public.entries", "id int8 key", "withdrawal_id int8", "amount numeric");
  static final PgTable LINES =
      PgTable.of("ledger", 4, "public.lines", "id int8 key", "entry_id int8", "text text");

  static final ModelName WITHDRAWAL = new ModelName("withdrawal");
  static final ModelName ACCOUNT = new ModelName("account");
  static final ModelName ENTRY = new ModelName("entry");
  static final ModelName LINE = new ModelName("line");

  static final Definitions DEFINITIONS =
      new Definitions(
          List.of(
              model(WITHDRAWAL, WITHDRAWALS, "account", ACCOUNT, "account_id"),
              new ModelDefinition(
                  ACCOUNT, ACCOUNTS.source(), ACCOUNTS.name(), List.of("id"), Map.of()),
              model(ENTRY, ENTRIES, "withdrawal", WITHDRAWAL, "withdrawal_id"),
              model(LINE, LINES, "entry", ENTRY, "entry_id")),
          List.of());

  /** A withdrawal, its entries, their lines, and its account. */
  static final ViewDefinition BOOKING =
      new ViewDefinition(
          new ViewName("booking"),
          WITHDRAWAL,
          false,
          List.of(
              new Join(
                  "entries",
                  ENTRY,
                  "withdrawal",
                  new ReferenceName("withdrawal"),
                  Direction.MEMBER_TO_PARENT,
                  true),
              new Join(
                  "lines",
                  LINE,
                  "entries",
                  new ReferenceName("entry"),
                  Direction.MEMBER_TO_PARENT,
                  true),
              new Join(
                  "account",
                  ACCOUNT,
                  "withdrawal",
                  new ReferenceName("account"),
                  Direction.PARENT_TO_MEMBER,
                  false)));

  private final StoredHistory history = new StoredHistory(DEFINITIONS);

  /** Changes that the index could not read. */
  final List<LogRecord.Change> unreadable = history.unreadable;

  final PgLogWriter payments = history.open("payments");
  final PgLogWriter ledger = history.open("ledger");
  private StoredViews views = history.views(ViewLimits.DEFAULT);

  Exchange limited(ViewLimits limits) {
    views = history.views(limits);
    return this;
  }

  /** The offset that the next record will get. */
  LogOffset here() {
    return history.here();
  }

  RecordState state(ModelName model, String key, long cut) {
    return indexed().stateAsOf(RecordKey.of(model, key), at(cut));
  }

  RecordState stateKnownAt(ModelName model, String key, long cut, LogOffset knownAt) {
    return indexed().stateAsOf(RecordKey.of(model, key), new AsOf(new EffectiveTime(cut), knownAt));
  }

  View booking(String withdrawal, long cut) {
    return indexed().viewAsOf(BOOKING, RecordKey.of(WITHDRAWAL, withdrawal), at(cut));
  }

  List<String> members(String withdrawal, String alias, long cut) {
    return booking(withdrawal, cut).members().getOrDefault(alias, List.of()).stream()
        .map(member -> member.key().values().getFirst())
        .toList();
  }

  List<String> roots(String alias, ModelName model, String key, long cut) {
    EffectiveTime time = new EffectiveTime(cut);
    Set<RecordKey> roots =
        indexed().rootsOf(BOOKING, alias, RecordKey.of(model, key), List.of(time.previous(), time));
    return roots.stream().map(root -> root.values().getFirst()).sorted().toList();
  }

  /** A column of a record that must be present. */
  static Value value(RecordState state, String column) {
    return ((RecordState.Present) state).value(column);
  }

  private StoredViews indexed() {
    history.index();
    return views;
  }

  private static AsOf at(long cut) {
    return AsOf.at(new EffectiveTime(cut));
  }

  private static ModelDefinition model(
      ModelName name, PgTable table, String reference, ModelName target, String column) {
    return new ModelDefinition(
        name,
        table.source(),
        table.name(),
        List.of("id"),
        Map.of(new ReferenceName(reference), ReferenceDefinition.of(target, column)));
  }
}
