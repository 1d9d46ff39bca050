package dev.overseer.views;

import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.Definitions;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.TotalDefinition;
import dev.overseer.model.TotalDefinition.Seen;
import dev.overseer.model.TotalDefinition.Windows;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Total;
import dev.overseer.model.ViewName;
import dev.overseer.model.WindowUnit;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Entries of a ledger, and in another database accounts, and statements of an account and a day:
 * every kind of total of the entries.
 */
final class Bank {
  static final PgTable ENTRIES =
      PgTable.of(
          "ledger",
          1,
          "public.entries",
          "id int8 key",
          "account text",
          "currency text",
          "amount numeric",
          "booked_at timestamptz",
          "kind text");
  static final PgTable ACCOUNTS =
      PgTable.of("bank", 2, "public.accounts", "id text key", "owner text");
  static final PgTable STATEMENTS =
      PgTable.of("bank", 3, "public.statements", "id int8 key", "account text", "day date");

  static final ModelName ENTRY = new ModelName("entry");
  static final ModelName ACCOUNT = new ModelName("account");
  static final ModelName STATEMENT = new ModelName("statement");

  static final TotalDefinition SPENT = ofAccount(Map.of(), new Seen.Latest(2));
  static final TotalDefinition FEES =
      new TotalDefinition(
          ENTRY,
          List.of("account"),
          ACCOUNT,
          List.of("id"),
          Optional.empty(),
          Optional.empty(),
          Map.of("kind", List.of("fee", "interest")),
          Optional.empty());
  static final TotalDefinition BOOKED =
      new TotalDefinition(
          ENTRY,
          List.of("account"),
          STATEMENT,
          List.of("account"),
          Optional.of("amount"),
          Optional.of("currency"),
          Map.of(),
          days(new Seen.AtColumn("day")));

  /** An account sees what was spent today and yesterday, and how many fees there ever were. */
  static final ViewDefinition OF_ACCOUNT =
      view("of-account", ACCOUNT, new Total("spent", SPENT), new Total("fees", FEES));

  /** A statement sees what was booked on its day. */
  static final ViewDefinition OF_STATEMENT =
      view("of-statement", STATEMENT, new Total("booked", BOOKED));

  static final Definitions DEFINITIONS =
      new Definitions(
          List.of(model(ENTRY, ENTRIES), model(ACCOUNT, ACCOUNTS), model(STATEMENT, STATEMENTS)),
          List.of(OF_ACCOUNT, OF_STATEMENT));

  private Bank() {}

  private static TotalDefinition ofAccount(Map<String, List<String>> where, Seen seen) {
    return new TotalDefinition(
        ENTRY,
        List.of("account"),
        ACCOUNT,
        List.of("id"),
        Optional.of("amount"),
        Optional.of("currency"),
        where,
        days(seen));
  }

  private static Optional<Windows> days(Seen seen) {
    return Optional.of(new Windows("booked_at", WindowUnit.DAY, ZoneOffset.UTC, seen));
  }

  private static ModelDefinition model(ModelName name, PgTable table) {
    return new ModelDefinition(name, table.source(), table.name(), List.of("id"), Map.of());
  }

  private static ViewDefinition view(String name, ModelName root, Total... totals) {
    return new ViewDefinition(new ViewName(name), root, true, List.of(), List.of(totals));
  }
}
