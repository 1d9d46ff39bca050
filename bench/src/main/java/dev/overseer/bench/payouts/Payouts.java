package dev.overseer.bench.payouts;

import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutput.RelationColumn;
import dev.overseer.formats.pgoutput.PgOutputWriter;
import dev.overseer.formats.pgoutput.PgOutputWriter.Column;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Direction;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.model.ViewName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Payouts of a bank, in transactions of a hundred, and a receipt for each. One payout in a hundred
 * is never made, and one receipt in a thousand is of a payout that never was. The same number gives
 * the same payout, and the same receipt.
 */
public final class Payouts {
  public static final EffectiveTime FIRST = EffectiveTime.of(Instant.parse("2026-01-01T00:00:00Z"));
  public static final int PER_TRANSACTION = 100;
  static final SourceName SOURCE = new SourceName("bank");
  static final Definitions DEFINITIONS = definitions();

  private static final TableName PAYOUTS = TableName.parse("public.payouts");
  private static final TableName RECEIPTS = TableName.parse("public.receipts");
  private static final int PAYOUTS_RELATION = 16_402;
  private static final int RECEIPTS_RELATION = 16_408;
  private static final int UUID_TYPE = 2950;
  private static final int TEXT_TYPE = 25;
  private static final int UNPAID_ONE_IN = 100;
  private static final int ORPHANED_ONE_IN = 1000;

  /** As the bank's database has it. */
  public record Payout(UUID id, String status) {}

  /** The payout alone. */
  public record PayoutProgress(Payout payout) {}

  /** As the bank's database has it. */
  public record Receipt(UUID id) {}

  /** With the receipts that there are for it. */
  public record ReceiptedPayout(Payout payout, List<Receipt> receipts) {}

  private Payouts() {}

  private static Definitions definitions() {
    ModelName payout = new ModelName("payout");
    ModelName receipt = new ModelName("receipt");
    ReferenceName of = new ReferenceName("payout");
    Join receipts =
        new Join("receipts", receipt, payout.value(), of, Direction.MEMBER_TO_PARENT, true);
    return new Definitions(
        List.of(
            new ModelDefinition(
                payout, SOURCE, TableName.parse("public.payouts"), List.of("id"), Map.of()),
            new ModelDefinition(
                receipt,
                SOURCE,
                TableName.parse("public.receipts"),
                List.of("id"),
                Map.of(of, ReferenceDefinition.of(payout, "payout_id")))),
        List.of(
            new ViewDefinition(new ViewName("payout-progress"), payout, false, List.of()),
            new ViewDefinition(
                new ViewName("receipted-payout"), payout, false, List.of(receipts))));
  }

  static List<LogRecord.Schema> schemas() {
    return List.of(
        schema(
            PAYOUTS,
            PAYOUTS_RELATION,
            List.of(
                new RelationColumn(true, "id", UUID_TYPE, -1),
                new RelationColumn(false, "status", TEXT_TYPE, -1))),
        schema(
            RECEIPTS,
            RECEIPTS_RELATION,
            List.of(
                new RelationColumn(true, "id", UUID_TYPE, -1),
                new RelationColumn(false, "payout_id", UUID_TYPE, -1))));
  }

  private static LogRecord.Schema schema(
      TableName table, int relation, List<RelationColumn> columns) {
    PgOutput.Relation written =
        new PgOutput.Relation(relation, table, PgOutput.ReplicaIdentity.DEFAULT, columns);
    return new LogRecord.Schema(SOURCE, table, Formats.PGOUTPUT, PgOutputWriter.relation(written));
  }

  static byte[] payout(long number) {
    return PgOutputWriter.insert(PAYOUTS_RELATION, row(number));
  }

  static byte[] payoutAgain(long number) {
    return PgOutputWriter.update(PAYOUTS_RELATION, row(number).stream().map(Column::of).toList());
  }

  private static List<@Nullable String> row(long number) {
    SplittableRandom random = new SplittableRandom(number);
    String id = uuid(random);
    return List.of(id, random.nextInt(UNPAID_ONE_IN) == 0 ? "open" : "paid");
  }

  static byte[] receipt(long payout) {
    SplittableRandom random = new SplittableRandom(~payout);
    String id = uuid(random);
    boolean isOrphan = random.nextInt(ORPHANED_ONE_IN) == 0;
    String of = isOrphan ? uuid(random) : uuid(new SplittableRandom(payout));
    return PgOutputWriter.insert(RECEIPTS_RELATION, List.of(id, of));
  }

  private static String uuid(SplittableRandom random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
