package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.postgres.Questions.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is found of the slot that retains the log for us, and of what threatens it. */
final class SlotExamination {
  private static final int FAILOVER_SINCE = 170_000;

  private final PostgresSource source;
  private final Questions questions;
  private final String subject;

  SlotExamination(PostgresSource source, Questions questions) {
    this.source = source;
    this.questions = questions;
    this.subject = "slot " + source.slot();
  }

  List<Requirement> run() throws SQLException {
    List<Requirement> found = new ArrayList<>();
    Optional<Row> slot =
        questions.find(
            """
            SELECT plugin, database IS NOT DISTINCT FROM current_database(), active, wal_status,
                   pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)),
                   pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn))
            FROM pg_replication_slots
            WHERE slot_name = ? AND NOT pg_is_in_recovery()
            """,
            source.slot());
    if (slot.isEmpty()) {
      found.add(Requirement.met(subject, "it is not there yet, and is created when first tailed"));
    } else {
      found.add(state(slot.get()));
      found.add(
          Requirement.met(
              "lag", "%s to the end of the log are not confirmed".formatted(slot.get().text(5))));
      found.add(Requirement.met("retained log", slot.get().text(6)));
      found.addAll(failover());
    }
    found.add(keepSize());
    idleTimeout().ifPresent(found::add);
    return found;
  }

  private Requirement state(Row slot) {
    if (!slot.find(1).equals(Optional.of("pgoutput")) || !slot.is(2)) {
      return Requirement.missing(
          subject,
          "it belongs to another database or another plug-in",
          "Configure another 'slot' for this source");
    }
    if (slot.text(4).equals("lost")) {
      return Requirement.advised(
          subject,
          "its log is lost",
          "Overseer makes it anew and reads the tables again; raise max_slot_wal_keep_size");
    }
    return slot.text(4).equals("unreserved")
        ? Requirement.advised(
            subject,
            "its log is about to be lost",
            "Start Overseer, or raise max_slot_wal_keep_size")
        : Requirement.met(subject, slot.is(3) ? "it is being tailed" : "it waits for us");
  }

  private List<Requirement> failover() throws SQLException {
    if (Integer.parseInt(questions.setting("server_version_num").orElseThrow()) < FAILOVER_SINCE) {
      return List.of();
    }
    Row row =
        questions.row(
            """
            SELECT failover, EXISTS (SELECT FROM pg_replication_slots WHERE slot_type = 'physical')
            FROM pg_replication_slots WHERE slot_name = ?
            """,
            source.slot());
    if (row.is(1)) {
      return List.of(Requirement.met("failover", "the slot goes along to a standby"));
    }
    return List.of(
        row.is(2)
            ? Requirement.advised(
                "failover",
                "the slot stays behind when the standby takes over, which is a gap",
                "ALTER_REPLICATION_SLOT %s (FAILOVER true)  -- on a replication connection, while it is not tailed"
                    .formatted(Sql.name(source.slot())))
            : Requirement.met("failover", "no standby holds a slot here"));
  }

  private Requirement keepSize() throws SQLException {
    String size = questions.setting("max_slot_wal_keep_size").orElse("-1");
    return size.equals("-1")
        ? Requirement.advised(
            "max_slot_wal_keep_size",
            "no limit: while nobody reads the slot the log fills the disk",
            "ALTER SYSTEM SET max_slot_wal_keep_size = '20GB'; SELECT pg_reload_conf();")
        : Requirement.met("max_slot_wal_keep_size", size);
  }

  private Optional<Requirement> idleTimeout() throws SQLException {
    return questions
        .setting("idle_replication_slot_timeout")
        .map(
            timeout ->
                timeout.equals("0")
                    ? Requirement.met("idle_replication_slot_timeout", "none")
                    : Requirement.advised(
                        "idle_replication_slot_timeout",
                        "a slot that nobody reads for %s is lost".formatted(timeout),
                        "ALTER SYSTEM SET idle_replication_slot_timeout = 0; SELECT"
                            + " pg_reload_conf();"));
  }
}
