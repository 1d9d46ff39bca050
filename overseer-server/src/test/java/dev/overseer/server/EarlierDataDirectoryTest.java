package dev.overseer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.overseer.checks.CheckModule;
import dev.overseer.checks.Outcome;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.desk.Desk;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.ViolationDetail.HistoryStep;
import dev.overseer.server.desk.ViolationSummary;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.store.log.VerifiedLog;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data directory as it was left by the last version whose segments were neither packed nor
 * chained: two databases, three withdrawals of which one was accepted and one acknowledged, and
 * rows large enough for three segments.
 */
class EarlierDataDirectoryTest {
  private static final CheckModule CHECKS =
      checks ->
          checks.check("withdrawal-is-booked-once", WithdrawalBooking.class, _ -> Outcome.passed());

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path directory;

  record Withdrawal(String id, BigDecimal amount, String status) {}

  record Entry(BigDecimal amount) {}

  record WithdrawalBooking(Withdrawal withdrawal, List<Entry> entries) {}

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream stored =
            EarlierDataDirectoryTest.class.getResourceAsStream("data-directory-of-segments-1.zip");
        ZipInputStream zip = new ZipInputStream(stored)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = directory.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.copy(zip, file);
        }
      }
    }
  }

  @Test
  void what_was_decided_is_shown_without_a_server() {
    try (StoredDesk desk = StoredDesk.open(new DataDirectory(directory))) {
      assertDecided(desk);
    }
  }

  @Test
  void both_logs_are_sound() {
    List<VerifiedLog> logs = LogAudit.ofDirectory(new DataDirectory(directory), (_, _) -> {});
    assertThat(logs).hasSize(2).allSatisfy(log -> assertThat(log.damage()).isEmpty());
  }

  @Test
  void a_server_goes_on_with_it() {
    try (Overseer overseer = Overseer.start(configuration(), List.of(CHECKS))) {
      // What is shown is put together from the journal once the server runs.
      await().atMost(PATIENCE).untilAsserted(() -> assertDecided(overseer.desk()));
      assertThat(rowsOf100KB(overseer.updateLog())).isEqualTo(27);
      await()
          .atMost(PATIENCE)
          .until(() -> !Files.exists(directory.resolve("index").resolve("MANIFEST-000005")));
    }
  }

  private static void assertDecided(Desk desk) {
    List<ViolationSummary> violations = desk.violations(Query.all()).items();
    assertThat(violations)
        .extracting(ViolationSummary::root, ViolationSummary::state)
        .containsExactlyInAnyOrder(
            tuple("withdrawal/1", "accepted"), tuple("withdrawal/3", "acknowledged"));
    assertThat(violations)
        .extracting(it -> desk.violation(it.id()).orElseThrow().history().getLast())
        .extracting(it -> it.by().orElseThrow(), HistoryStep::text)
        .containsExactlyInAnyOrder(tuple("ann", "rounded by the bank"), tuple("bob", ""));
  }

  private static long rowsOf100KB(ReadableLog<LogRecord> log) {
    long rows = 0;
    try (LogReader<LogRecord> reader = log.reader(LogOffset.ZERO)) {
      while (reader.next()) {
        if (reader.record() instanceof LogRecord.Change change && change.raw().length > 100_000) {
          rows++;
        }
      }
    }
    return rows;
  }

  private Configuration configuration() {
    return Configuration.parse(
        "overseer.yaml",
        """
        dataDirectory: %s
        http: { port: 0 }
        sources:
          payments: { type: postgres, url: "jdbc:postgresql://127.0.0.1:1/payments" }
          ledger: { type: postgres, url: "jdbc:postgresql://127.0.0.1:2/ledger" }
        models:
          withdrawal: { source: payments, table: public.withdrawals, key: id }
          ledger-entry: { source: ledger, table: public.entries, key: id, references: { withdrawal: withdrawal_id } }
        views:
          withdrawal-booking: { root: withdrawal, join: { entries: { model: ledger-entry, by: withdrawal, many: true } } }
        """
            .formatted(directory),
        directory);
  }
}
