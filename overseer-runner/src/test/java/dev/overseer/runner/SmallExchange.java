package dev.overseer.runner;

import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.Definitions;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.SourceName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Direction;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.model.ViewName;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Withdrawals in one database, their bookings in another, and a receipt for each booking. */
final class SmallExchange {
  static final SourceName PAYMENTS = new SourceName("payments");
  static final SourceName LEDGER = new SourceName("ledger");

  static final PgTable WITHDRAWALS =
      PgTable.of(
          "payments", 1, "public.withdrawals", "id int8 key", "amount numeric", "status text");
  static final PgTable ENTRIES =
      PgTable.of(
          "ledger", 2, "public.entries", "id int8 key", "withdrawal_id int8", "amount numeric");
  static final PgTable RECEIPTS =
      PgTable.of("payments", 3, "public.receipts", "id int8 key", "entry_id int8", "text text");

  static final ModelName WITHDRAWAL = new ModelName("withdrawal");
  static final ModelName ENTRY = new ModelName("entry");
  static final ModelName RECEIPT = new ModelName("receipt");

  private static final ReferenceName TO_WITHDRAWAL = new ReferenceName("withdrawal");
  private static final ReferenceName TO_ENTRY = new ReferenceName("entry");

  record Withdrawal(long id, BigDecimal amount, String status) {}

  record Entry(long id, BigDecimal amount) {}

  record Receipt(long id, String text) {}

  record Booking(Withdrawal withdrawal, List<Entry> entries) {}

  record Receipted(Withdrawal withdrawal, List<Entry> entries, List<Receipt> receipts) {}

  record Progress(Withdrawal withdrawal) {}

  static final Definitions DEFINITIONS =
      new Definitions(
          List.of(
              new ModelDefinition(
                  WITHDRAWAL, PAYMENTS, WITHDRAWALS.name(), List.of("id"), Map.of()),
              new ModelDefinition(
                  ENTRY,
                  LEDGER,
                  ENTRIES.name(),
                  List.of("id"),
                  Map.of(
                      TO_WITHDRAWAL,
                      new ReferenceDefinition(WITHDRAWAL, List.of("withdrawal_id")))),
              new ModelDefinition(
                  RECEIPT,
                  PAYMENTS,
                  RECEIPTS.name(),
                  List.of("id"),
                  Map.of(TO_ENTRY, new ReferenceDefinition(ENTRY, List.of("entry_id"))))),
          List.of(
              new ViewDefinition(new ViewName("booking"), WITHDRAWAL, false, List.of(entries())),
              new ViewDefinition(
                  new ViewName("receipted"), WITHDRAWAL, false, List.of(entries(), receipts())),
              new ViewDefinition(new ViewName("progress"), WITHDRAWAL, false, List.of())));

  private SmallExchange() {}

  private static Join entries() {
    return new Join(
        "entries", ENTRY, "withdrawal", TO_WITHDRAWAL, Direction.MEMBER_TO_PARENT, true);
  }

  private static Join receipts() {
    return new Join("receipts", RECEIPT, "entries", TO_ENTRY, Direction.MEMBER_TO_PARENT, true);
  }

  static RecordKey withdrawal(long id) {
    return RecordKey.of(WITHDRAWAL, Long.toString(id));
  }
}
