package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.postgres.Questions.Row;
import dev.overseer.model.EffectiveTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What is required of a server as a whole, and of the role that we are in it. */
final class ServerExamination {
  private static final int VERSION_MIN = 14;
  private static final int VERSION_MAX = 18;
  private static final Duration CLOCK_OFFSET_MAX = Duration.ofSeconds(1);

  private final PostgresSource source;
  private final Questions questions;
  private final InstantSource clock;

  ServerExamination(PostgresSource source, Questions questions, InstantSource clock) {
    this.source = source;
    this.questions = questions;
    this.clock = clock;
  }

  List<Requirement> run() throws SQLException {
    List<Requirement> found = new ArrayList<>();
    found.add(encryption());
    found.add(version());
    found.add(primary());
    found.add(walLevel());
    found.add(replication());
    found.add(slots());
    found.add(senders());
    found.add(clock());
    found.add(heartbeat());
    return found;
  }

  private Requirement encryption() throws SQLException {
    Row row =
        questions.row(
            "SELECT s.ssl, s.version, s.cipher, inet_server_addr() IS NULL OR"
                + " host(inet_server_addr()) IN ('127.0.0.1', '::1') FROM (SELECT pg_backend_pid()"
                + " AS pid) me LEFT JOIN pg_stat_ssl s USING (pid)");
    if (row.is(1)) {
      String mode = source.tls().map(tls -> ", tls: " + tls.mode().word()).orElse("");
      return Requirement.met("encryption", "%s, %s%s".formatted(row.text(2), row.text(3), mode));
    }
    return row.is(4)
        ? Requirement.met("encryption", "none, and the server is on this machine")
        : Requirement.advised(
            "encryption", "none", "Set tls: verify-full, with the rootCertificate of the server");
  }

  private Requirement version() throws SQLException {
    int version = Integer.parseInt(questions.setting("server_version_num").orElseThrow()) / 10_000;
    String found = "Postgres " + questions.setting("server_version").orElseThrow();
    if (version > VERSION_MAX) {
      return Requirement.advised(
          "version", found, "Versions %d to %d are tested".formatted(VERSION_MIN, VERSION_MAX));
    }
    return Requirement.of(
        version >= VERSION_MIN, "version", found, "Upgrade to 14 or later, which can be tailed");
  }

  private Requirement primary() throws SQLException {
    boolean standby = questions.row("SELECT pg_is_in_recovery()").is(1);
    return Requirement.of(
        !standby,
        "primary",
        standby ? "it is a standby" : "it is a primary",
        "Give the address of its primary");
  }

  private Requirement walLevel() throws SQLException {
    String level = questions.setting("wal_level").orElseThrow();
    return Requirement.of(
        level.equals("logical"),
        "wal_level",
        level,
        "ALTER SYSTEM SET wal_level = 'logical';  -- and restart the server");
  }

  /** Amazon's servers give the right to replicate by membership in a role of theirs. */
  private Requirement replication() throws SQLException {
    Row row =
        questions.row(
            """
            SELECT rolname, rolsuper, rolreplication, EXISTS (
                     SELECT FROM pg_roles other
                     WHERE other.rolname = 'rds_replication' AND pg_has_role(current_user, other.oid, 'USAGE'))
            FROM pg_roles WHERE rolname = current_user
            """);
    String role = row.text(1);
    if (row.is(2)) {
      return Requirement.advised(
          "role",
          role + " is a superuser",
          "Take a role of its own: overseer source setup prints what makes one");
    }
    return Requirement.of(
        row.is(3) || row.is(4),
        "role",
        "%s %s".formatted(role, row.is(3) || row.is(4) ? "may replicate" : "may not replicate"),
        "ALTER ROLE %s WITH REPLICATION;".formatted(Sql.name(role)));
  }

  private Requirement slots() throws SQLException {
    Row row =
        questions.row(
            "SELECT count(*), count(*) FILTER (WHERE slot_name = ?) FROM pg_replication_slots",
            source.slot());
    long max = Long.parseLong(questions.setting("max_replication_slots").orElseThrow());
    return Requirement.of(
        row.number(2) > 0 || row.number(1) < max,
        "max_replication_slots",
        "%d, of which %d are taken".formatted(max, row.number(1)),
        "ALTER SYSTEM SET max_replication_slots = %d;  -- and restart the server"
            .formatted(max + 1));
  }

  private Requirement senders() throws SQLException {
    Row row =
        questions.row(
            """
            SELECT count(*), EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = ? AND active)
            FROM pg_stat_replication
            """,
            source.slot());
    long max = Long.parseLong(questions.setting("max_wal_senders").orElseThrow());
    return Requirement.of(
        row.is(2) || row.number(1) < max,
        "max_wal_senders",
        "%d, of which %d are busy".formatted(max, row.number(1)),
        "ALTER SYSTEM SET max_wal_senders = %d;  -- and restart the server".formatted(max + 1));
  }

  private Requirement clock() throws SQLException {
    Instant before = clock.instant();
    EffectiveTime theirs = new EffectiveTime(questions.row(PostgresClock.CLOCK).number(1));
    Duration asking = Duration.between(before, clock.instant());
    Duration offset =
        Duration.between(before.plus(asking.dividedBy(2)), theirs.toInstant())
            .plus(source.definition().settings().clockOffset());
    String found =
        "%d ms from ours, +- %d ms, clockOffset in it"
            .formatted(offset.toMillis(), asking.dividedBy(2).toMillis() + 1);
    return offset.abs().minus(asking).compareTo(CLOCK_OFFSET_MAX) <= 0
        ? Requirement.met("clock", found)
        : Requirement.advised(
            "clock",
            found,
            "Set both machines' clocks by NTP, or clockOffset: %dms in the configuration"
                .formatted(source.definition().settings().clockOffset().minus(offset).toMillis()));
  }

  private Requirement heartbeat() throws SQLException {
    Row row =
        questions.row(
            """
            SELECT coalesce(bool_or(has_function_privilege(oid, 'EXECUTE')), false)
            FROM pg_proc
            WHERE proname = 'pg_logical_emit_message' AND pronamespace = 'pg_catalog'::regnamespace
            """);
    return Requirement.met(
        "pg_logical_emit_message",
        row.is(1) ? "may be called" : "may not be called, which only heartbeats would need");
  }
}
