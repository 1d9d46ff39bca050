package dev.overseer.bench.crash;

import static dev.overseer.formats.pgoutput.PgLogWriter.delete;
import static dev.overseer.formats.pgoutput.PgLogWriter.insert;
import static dev.overseer.formats.pgoutput.PgLogWriter.snapshot;
import static dev.overseer.formats.pgoutput.PgLogWriter.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.bench.campaign.Problems;
import dev.overseer.formats.pgoutput.PgLogWriter;
import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.SourceName;
import dev.overseer.store.log.MemoryLog;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LogAuditTest {
  private static final UUID ROW = new UUID(1, 2);
  private static final String[] REQUESTED = row("requested", 1);
  private static final String[] COMPLETED = row("completed", 2);
  private static final PgTable WITHDRAWALS =
      PgTable.of(
          "payments",
          7,
          "public.withdrawals",
          "id uuid key",
          "amount numeric",
          "status text",
          "revision int4");

  private final MemoryLog<LogRecord> log = new MemoryLog<>(new UUID(0, 1));
  private final PgLogWriter payments = new PgLogWriter("payments", log::append);
  private final History history = new History();
  private final Problems problems = new Problems();

  LogAuditTest() {
    payments.open();
    history.committed(List.of(change(Operation.INSERT, REQUESTED)));
    history.committed(List.of(change(Operation.UPDATE, COMPLETED)));
  }

  private static String[] row(String status, int revision) {
    return new String[] {ROW.toString(), "1.500000000000000000", status, "" + revision};
  }

  private static RowChange change(Operation operation, String... values) {
    return new RowChange(Table.WITHDRAWALS, ROW, operation, List.of(values));
  }

  private int audit() {
    log.sync();
    Definitions definitions =
        new Definitions(
            List.of(
                new ModelDefinition(
                    new ModelName("withdrawal"),
                    new SourceName("payments"),
                    WITHDRAWALS.name(),
                    List.of("id"),
                    Map.of())),
            List.of());
    return LogAudit.audit(log, definitions, history, problems);
  }

  @Test
  void every_change_once_is_whole() {
    payments.commit(10, insert(WITHDRAWALS, REQUESTED));
    payments.torn(update(WITHDRAWALS, COMPLETED));
    payments.commit(20, update(WITHDRAWALS, COMPLETED));

    assertThat(audit()).isEqualTo(2);
    assertThat(problems.isEmpty()).as(problems.toString()).isTrue();
  }

  @Test
  void a_snapshot_stands_for_everything_before_it() {
    payments.commit(10, snapshot(WITHDRAWALS, REQUESTED));
    payments.commit(20, update(WITHDRAWALS, COMPLETED));

    audit();
    assertThat(problems.isEmpty()).as(problems.toString()).isTrue();
  }

  @Test
  void a_lost_change_is_a_problem() {
    payments.commit(10, insert(WITHDRAWALS, REQUESTED));

    audit();
    assertThat(problems.toString()).contains("committed were");
  }

  @Test
  void a_change_stored_twice_is_a_problem() {
    payments.commit(10, insert(WITHDRAWALS, REQUESTED));
    payments.commit(20, update(WITHDRAWALS, COMPLETED));
    payments.commit(20, update(WITHDRAWALS, COMPLETED));

    audit();
    assertThat(problems.toString()).contains("committed were");
  }

  @Test
  void a_whole_transaction_stored_again_under_its_own_id_is_a_problem() {
    payments.commit(10, insert(WITHDRAWALS, REQUESTED));
    new PgLogWriter("payments", log::append).commit(10, insert(WITHDRAWALS, REQUESTED));

    audit();
    assertThat(problems.toString()).contains("is in the log twice");
  }

  @Test
  void another_value_is_a_problem() {
    payments.commit(10, insert(WITHDRAWALS, REQUESTED));
    payments.commit(20, update(WITHDRAWALS, row("completed", 3)));

    audit();
    assertThat(problems.toString()).contains("committed were");
  }

  @Test
  void a_row_that_is_gone_needs_no_update_only_if_it_was_gone_before_the_snapshot() {
    history.committed(List.of(change(Operation.DELETE)));
    audit();
    assertThat(problems.isEmpty()).as(problems.toString()).isTrue();

    payments.commit(10, insert(WITHDRAWALS, REQUESTED));
    payments.commit(30, delete(WITHDRAWALS, ROW.toString()));
    audit();
    assertThat(problems.toString()).contains("committed were");
  }
}
