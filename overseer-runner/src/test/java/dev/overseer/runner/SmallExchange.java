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
import java.util.Optional;

/**
 * Withdrawals in one database, their bookings in another, a receipt for each booking in a third.
 */
public final class SmallExchange {
  public static final SourceName PAYMENTS = new SourceName("payments");
  public static final SourceName LEDGER = new SourceName("ledger");
  public static final SourceName MAIL = new SourceName("mail");

  public static final PgTable WITHDRAWALS =
      PgTable.of(
          "payments", 1, "public.withdrawals", "id int8 key", "amount numeric", "status text");
  public static final PgTable ENTRIES =
      PgTable.of(
          "ledger", 2, "public.entries", "id int8 key", "withdrawal_id int8", "amount numeric");
  public static final PgTable RECEIPTS =
      PgTable.of("mail", 3, "public.receipts", "id int8 key", "entry_id int8", "text text");

  public static final ModelName WITHDRAWAL = new ModelName("withdrawal");
  public static final ModelName ENTRY = new ModelName("entry");
  public static final ModelName RECEIPT = new ModelName("receipt");

  private static final ReferenceName TO_WITHDRAWAL = new ReferenceName("withdrawal");
  private static final ReferenceName TO_ENTRY = new ReferenceName("entry");

  public record Withdrawal(long id, BigDecimal amount, String status) {}

  public record Entry(long id, BigDecimal amount) {}

  public record Receipt(long id, String text) {}

  public record Booking(Withdrawal withdrawal, List<Entry> entries) {}

  public record Receipted(Withdrawal withdrawal, List<Entry> entries, List<Receipt> receipts) {}

  public record Slip(Receipt receipt, Optional<Entry> entry) {}

  public record LooseBooking(Optional<Withdrawal> withdrawal, List<Entry> entries) {}

  public record Progress(Withdrawal withdrawal) {}

  public static final Definitions DEFINITIONS =
      new Definitions(
          List.of(
              new ModelDefinition(
                  WITHDRAWAL, PAYMENTS, WITHDRAWALS.name(), List.of("id"), Map.of()),
              new ModelDefinition(
                  ENTRY,
                  LEDGER,
                  ENTRIES.name(),
                  List.of("id"),
                  Map.of(TO_WITHDRAWAL, ReferenceDefinition.of(WITHDRAWAL, "withdrawal_id"))),
              new ModelDefinition(
                  RECEIPT,
                  MAIL,
                  RECEIPTS.name(),
                  List.of("id"),
                  Map.of(TO_ENTRY, ReferenceDefinition.of(ENTRY, "entry_id")))),
          List.of(
              new ViewDefinition(new ViewName("booking"), WITHDRAWAL, false, List.of(entries())),
              new ViewDefinition(
                  new ViewName("receipted"), WITHDRAWAL, false, List.of(entries(), receipts())),
              new ViewDefinition(
                  new ViewName("loose-booking"), WITHDRAWAL, true, List.of(entries())),
              new ViewDefinition(new ViewName("slip"), RECEIPT, false, List.of(entryOfReceipt())),
              new ViewDefinition(new ViewName("progress"), WITHDRAWAL, false, List.of())));

  private SmallExchange() {}

  private static Join entries() {
    return new Join(
        "entries", ENTRY, "withdrawal", TO_WITHDRAWAL, Direction.MEMBER_TO_PARENT, true);
  }

  private static Join receipts() {
    return new Join("receipts", RECEIPT, "entries", TO_ENTRY, Direction.MEMBER_TO_PARENT, true);
  }

  private static Join entryOfReceipt() {
    return new Join("entry", ENTRY, "receipt", TO_ENTRY, Direction.PARENT_TO_MEMBER, false);
  }

  public static RecordKey withdrawal(long id) {
    return RecordKey.of(WITHDRAWAL, Long.toString(id));
  }
}
