package dev.overseer.bench.pending;

import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.Outcome;
import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutput.RelationColumn;
import dev.overseer.formats.pgoutput.PgOutputWriter;
import dev.overseer.model.CheckName;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Payouts, each of which must be made within a day: two thousand of them a second, in transactions
 * of a hundred. One in a hundred is never made. The same number gives the same payout.
 */
final class Payouts {
  static final SourceName SOURCE = new SourceName("bank");
  static final Duration WITHIN = Duration.ofDays(1);
  static final EffectiveTime FIRST = EffectiveTime.of(Instant.parse("2026-01-01T00:00:00Z"));
  static final Duration EVERY = Duration.ofMillis(50);
  static final int PER_TRANSACTION = 100;
  static final Definitions DEFINITIONS = definitions();

  private static final TableName TABLE = TableName.parse("public.payouts");
  private static final int RELATION = 16_402;
  private static final int UUID_TYPE = 2950;
  private static final int TEXT_TYPE = 25;
  private static final int UNPAID_ONE_IN = 100;

  /** As the bank's database has it. */
  public record Payout(UUID id, String status) {}

  /** The payout alone. */
  public record PayoutProgress(Payout payout) {}

  private Payouts() {}

  private static Definitions definitions() {
    ModelName payout = new ModelName("payout");
    return new Definitions(
        List.of(
            new ModelDefinition(
                payout, SOURCE, TableName.parse("public.payouts"), List.of("id"), Map.of())),
        List.of(new ViewDefinition(new ViewName("payout-progress"), payout, false, List.of())));
  }

  static CheckDefinition<?> check() {
    return new CheckDeclaration<>(
            new CheckName("payout-is-made-in-time"), PayoutProgress.class, (view, _) -> paid(view))
        .strategy(ExecutionStrategy.after(WITHIN))
        .definition();
  }

  private static Outcome paid(PayoutProgress view) {
    return view.payout().status().equals("paid")
        ? Outcome.passed()
        : Outcome.failed("not-paid", "Not paid within a day", "paid", view.payout().status());
  }

  /** When the transaction of this number was committed. */
  static EffectiveTime time(long transaction) {
    return FIRST.plus(EVERY.multipliedBy(transaction));
  }

  static LogRecord.Schema schema() {
    PgOutput.Relation relation =
        new PgOutput.Relation(
            RELATION,
            TABLE,
            PgOutput.ReplicaIdentity.DEFAULT,
            List.of(
                new RelationColumn(true, "id", UUID_TYPE, -1),
                new RelationColumn(false, "status", TEXT_TYPE, -1)));
    return new LogRecord.Schema(SOURCE, TABLE, Formats.PGOUTPUT, PgOutputWriter.relation(relation));
  }

  static LogRecord.Change change(long payout, int ordinal, LogOffset schema) {
    SplittableRandom random = new SplittableRandom(payout);
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    String status = random.nextInt(UNPAID_ONE_IN) == 0 ? "open" : "paid";
    return new LogRecord.Change(
        SOURCE,
        ordinal,
        Operation.INSERT,
        schema,
        PgOutputWriter.insert(RELATION, List.of(id, status)));
  }
}
