package dev.overseer.bench.runner;

import dev.overseer.bench.runner.ExchangeUpdate.What;
import dev.overseer.formats.Formats;
import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutput.RelationColumn;
import dev.overseer.formats.pgoutput.PgOutput.ReplicaIdentity;
import dev.overseer.formats.pgoutput.PgOutputWriter;
import dev.overseer.formats.pgoutput.PgOutputWriter.Column;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Direction;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.model.ViewName;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The exchange's two databases as Postgres tells of them: its tables, and what their rows do. */
final class Exchange {
  static final SourceName PAYMENTS = new SourceName("payments");
  static final SourceName LEDGER = new SourceName("ledger");

  private static final TableName WITHDRAWALS = TableName.parse("public.withdrawals");
  private static final TableName ENTRIES = TableName.parse("public.entries");
  private static final ModelName WITHDRAWAL = new ModelName("withdrawal");
  private static final ModelName ENTRY = new ModelName("ledger-entry");
  private static final ReferenceName OF_WITHDRAWAL = new ReferenceName("withdrawal");
  private static final int WITHDRAWALS_RELATION = 16_385;
  private static final int ENTRIES_RELATION = 16_391;
  private static final int UUID_TYPE = 2950;
  private static final int TEXT_TYPE = 25;
  private static final int NUMERIC_TYPE = 1700;
  private static final int TIMESTAMP_TYPE = 1184;
  private static final String COMPLETED_AT = "2026-11-22 08:15:30.123456+00";

  private final Map<What, Template> templates = new EnumMap<>(What.class);

  Exchange() {
    for (What what : What.values()) {
      templates.put(what, Template.of(message(what)));
    }
  }

  static Definitions definitions() {
    return new Definitions(
        List.of(
            new ModelDefinition(WITHDRAWAL, PAYMENTS, WITHDRAWALS, List.of("id"), Map.of()),
            new ModelDefinition(
                ENTRY,
                LEDGER,
                ENTRIES,
                List.of("id"),
                Map.of(OF_WITHDRAWAL, ReferenceDefinition.of(WITHDRAWAL, "withdrawal_id")))),
        List.of(
            new ViewDefinition(
                new ViewName("withdrawal-booking"),
                WITHDRAWAL,
                false,
                List.of(
                    new Join(
                        "entries",
                        ENTRY,
                        WITHDRAWAL.value(),
                        OF_WITHDRAWAL,
                        Direction.MEMBER_TO_PARENT,
                        true)))));
  }

  static TableName tableOf(SourceName source) {
    return source.equals(PAYMENTS) ? WITHDRAWALS : ENTRIES;
  }

  static LogRecord.Schema schema(SourceName source) {
    byte[] relation = PgOutputWriter.relation(source.equals(PAYMENTS) ? withdrawals() : entries());
    return new LogRecord.Schema(source, tableOf(source), Formats.PGOUTPUT, relation);
  }

  private static PgOutput.Relation withdrawals() {
    return new PgOutput.Relation(
        WITHDRAWALS_RELATION,
        WITHDRAWALS,
        ReplicaIdentity.DEFAULT,
        List.of(
            new RelationColumn(true, "id", UUID_TYPE, -1),
            new RelationColumn(false, "account", TEXT_TYPE, -1),
            new RelationColumn(false, "currency", TEXT_TYPE, -1),
            new RelationColumn(false, "amount", NUMERIC_TYPE, -1),
            new RelationColumn(false, "status", TEXT_TYPE, -1),
            new RelationColumn(false, "completed_at", TIMESTAMP_TYPE, -1)));
  }

  private static PgOutput.Relation entries() {
    return new PgOutput.Relation(
        ENTRIES_RELATION,
        ENTRIES,
        ReplicaIdentity.DEFAULT,
        List.of(
            new RelationColumn(true, "id", UUID_TYPE, -1),
            new RelationColumn(false, "withdrawal_id", UUID_TYPE, -1),
            new RelationColumn(false, "currency", TEXT_TYPE, -1),
            new RelationColumn(false, "amount", NUMERIC_TYPE, -1),
            new RelationColumn(false, "direction", TEXT_TYPE, -1),
            new RelationColumn(false, "kind", TEXT_TYPE, -1)));
  }

  /** What happened as the row that tells of it. */
  byte[] bytes(ExchangeUpdate update) {
    return Objects.requireNonNull(templates.get(update.what())).filled(update);
  }

  static Operation operation(What what) {
    return switch (what) {
      case REQUESTED, CAME_COMPLETED, BOOKED, REFUND_ENTERED -> Operation.INSERT;
      case COMPLETED, REFUNDED, CORRECTED -> Operation.UPDATE;
      case REMOVED -> Operation.DELETE;
    };
  }

  private static byte[] message(What what) {
    return switch (what) {
      case REQUESTED -> inserted(WITHDRAWALS_RELATION, withdrawal("requested", null));
      case CAME_COMPLETED -> inserted(WITHDRAWALS_RELATION, withdrawal("completed", COMPLETED_AT));
      case COMPLETED -> updated(WITHDRAWALS_RELATION, withdrawal("completed", COMPLETED_AT));
      case REFUNDED -> updated(WITHDRAWALS_RELATION, withdrawal("refunded", COMPLETED_AT));
      case BOOKED -> inserted(ENTRIES_RELATION, entry("debit", "booking"));
      case REFUND_ENTERED -> inserted(ENTRIES_RELATION, entry("credit", "refund"));
      case CORRECTED -> updated(ENTRIES_RELATION, entry("debit", "booking"));
      case REMOVED ->
          PgOutputWriter.deleteByKey(
              ENTRIES_RELATION,
              Stream.of(Template.ENTRY, null, null, null, null, null).map(Column::of).toList());
    };
  }

  private static List<@Nullable String> withdrawal(String status, @Nullable String completedAt) {
    return Arrays.asList(
        Template.WITHDRAWAL, "account-417", "ETH", Template.AMOUNT, status, completedAt);
  }

  private static List<@Nullable String> entry(String direction, String kind) {
    return Arrays.asList(
        Template.ENTRY, Template.WITHDRAWAL, "ETH", Template.AMOUNT, direction, kind);
  }

  private static byte[] inserted(int relation, List<@Nullable String> row) {
    return PgOutputWriter.insert(relation, row);
  }

  private static byte[] updated(int relation, List<@Nullable String> row) {
    return PgOutputWriter.update(relation, row.stream().map(Column::of).toList());
  }
}
