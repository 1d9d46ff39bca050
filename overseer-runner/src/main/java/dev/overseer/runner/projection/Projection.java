package dev.overseer.runner.projection;

import static dev.overseer.runner.projection.Columns.effectiveTime;
import static dev.overseer.runner.projection.Columns.instant;
import static dev.overseer.runner.projection.Columns.micros;

import dev.overseer.checks.DefinitionHash;
import dev.overseer.model.CheckName;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.journal.CheckMode;
import dev.overseer.runner.journal.DeliveryId;
import dev.overseer.runner.journal.IncidentId;
import dev.overseer.runner.journal.JournalEntry.Activated;
import dev.overseer.runner.journal.JournalEntry.IncidentTransitioned;
import dev.overseer.runner.journal.JournalEntry.Judged;
import dev.overseer.runner.journal.JournalEntry.ModeChosen;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.transitions.State;
import dev.overseer.runner.violations.Violation;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the projection, while another thread or process writes it or with none that does: never
 * what is half written. It trails the journal; {@link #consumed} says how far it is. Safe for many
 * threads, one query at a time.
 */
public final class Projection implements AutoCloseable {
  private static final String ID = "[0-9a-fA-F]{4,32}";

  private final Sql sql;

  private Projection(Sql sql) {
    this.sql = sql;
  }

  /** Opens the file for reading only; {@link dev.overseer.model.Unavailable} when there is none. */
  public static Projection open(Path file) {
    return new Projection(Sql.reading(file));
  }

  /** Everything in the journal before this offset is in the tables. */
  public synchronized LogOffset consumed() {
    return sql.find(
            "SELECT consumed FROM projection", row -> new LogOffset(row.getLong("consumed")))
        .orElse(LogOffset.ZERO);
  }

  /** Filtered by check. */
  public synchronized RowPage<Violation> violations(RowFilter filter) {
    return sql.snapshot(() -> page("violations", "check_name", filter, ViolationRows::read));
  }

  /** Filtered by kind, as {@code source-stale}. */
  public synchronized RowPage<Incident> incidents(RowFilter filter) {
    return sql.snapshot(() -> page("incidents", "kind", filter, IncidentRows::read));
  }

  /**
   * One violation with all that is on record of it.
   *
   * @param id whole, or its beginning of four digits or more
   * @throws InvalidRequest when several violations begin so
   */
  public synchronized Optional<ViolationHistory> violation(String id) {
    return sql.snapshot(
        () -> one("violations", "violation", id, ViolationRows::read).map(this::history));
  }

  /** One incident, by its id or the beginning of that, as {@link #violation}. */
  public synchronized Optional<Incident> incident(String id) {
    return one("incidents", "incident", id, IncidentRows::read);
  }

  /** The incident's steps, the first one first. */
  public synchronized List<Move> steps(IncidentId incident) {
    return steps(
        incident.hex(), row -> Columns.entry(row, "entry", IncidentTransitioned.class).move());
  }

  /** The check's activations, the first one first. */
  public synchronized List<Activated> activations(CheckName check) {
    return sql.list(
        "SELECT * FROM activations WHERE check_name = ? ORDER BY journal_offset",
        row ->
            new Activated(
                check,
                new DefinitionHash(row.getString("definition")),
                effectiveTime(row, "from_time"),
                row.getString("description"),
                instant(row, "at")),
        check.value());
  }

  /** The last choice of the check's mode, if there ever was one. */
  public synchronized Optional<ModeChosen> mode(CheckName check) {
    return sql
        .list(
            "SELECT * FROM modes WHERE check_name = ?",
            row ->
                new ModeChosen(
                    check,
                    CheckMode.find(row.getString("mode")).orElseThrow(),
                    Optional.of(row.getString("chosen_by")).filter(by -> !by.isEmpty()),
                    row.getString("reason"),
                    instant(row, "at")),
            check.value())
        .stream()
        .findFirst();
  }

  /** What is owed and neither delivered nor given up, the first owed first. */
  public synchronized List<DeliveryRow> owed(int limit) {
    return sql.list(
        "SELECT * FROM deliveries WHERE state = 'owed' ORDER BY owed_at, id LIMIT ?",
        Projection::delivery,
        limit);
  }

  @Override
  public synchronized void close() {
    sql.close();
  }

  private ViolationHistory history(Violation violation) {
    String id = violation.id().hex();
    return new ViolationHistory(
        violation,
        steps(id, row -> Columns.entry(row, "entry", Transitioned.class).move()),
        sql.find(
            """
            SELECT entry FROM verdicts
            WHERE violation = ? AND outcome = 'failed' AND complete = 1
            ORDER BY cut DESC, journal_offset DESC LIMIT 1\
            """,
            row -> Columns.entry(row, "entry", Judged.class),
            id),
        sql.list(
            "SELECT * FROM deliveries WHERE subject = ? ORDER BY owed_at, sequence, channel",
            Projection::delivery,
            id));
  }

  private List<Move> steps(String subject, Sql.RowReader<Move> reader) {
    return sql.list(
        "SELECT entry FROM transitions WHERE subject = ? ORDER BY journal_offset", reader, subject);
  }

  private <T> Optional<T> one(String table, String kind, String id, Sql.RowReader<T> reader) {
    if (!id.matches(ID)) {
      throw new InvalidRequest(
          "The id of a %s is 32 hexadecimal digits, or its first four or more, not '%s'"
              .formatted(kind, id));
    }
    List<T> found =
        sql.list(
            "SELECT * FROM " + table + " WHERE id BETWEEN lower(?) AND lower(?) LIMIT 2",
            reader,
            id,
            id + "g");
    if (found.size() > 1) {
      throw new InvalidRequest("More than one %s begins with '%s'".formatted(kind, id));
    }
    return found.stream().findFirst();
  }

  private <T> RowPage<T> page(
      String table, String about, RowFilter filter, Sql.RowReader<T> reader) {
    List<String> conditions = new ArrayList<>(List.of("TRUE"));
    List<Object> arguments = new ArrayList<>();
    if (!filter.states().isEmpty()) {
      conditions.add(
          filter.states().stream()
              .map(State::word)
              .sorted()
              .collect(Collectors.joining("', '", "state IN ('", "')")));
    }
    filter.about().ifPresent(name -> add(conditions, arguments, about + " = ?", name));
    filter.notAbout().ifPresent(name -> add(conditions, arguments, about + " <> ?", name));
    filter.movedFrom().ifPresent(at -> add(conditions, arguments, "moved_at >= ?", micros(at)));
    filter.movedUntil().ifPresent(at -> add(conditions, arguments, "moved_at < ?", micros(at)));
    String from = " FROM " + table + " WHERE " + String.join(" AND ", conditions);
    int total =
        sql.find("SELECT count(*)" + from, row -> row.getInt(1), arguments.toArray()).orElse(0);
    arguments.add(filter.limit());
    arguments.add(filter.offset());
    List<T> rows =
        sql.list(
            "SELECT *" + from + " ORDER BY moved_at DESC, id LIMIT ? OFFSET ?",
            reader,
            arguments.toArray());
    return new RowPage<>(rows, filter.offset(), total);
  }

  private static void add(
      List<String> conditions, List<Object> arguments, String condition, Object argument) {
    conditions.add(condition);
    arguments.add(argument);
  }

  private static DeliveryRow delivery(ResultSet row) throws SQLException {
    return new DeliveryRow(
        new DeliveryId(row.getString("id")),
        row.getString("subject"),
        row.getLong("sequence"),
        row.getString("channel"),
        row.getString("state"),
        row.getInt("attempts"),
        row.getString("error"),
        instant(row, "owed_at"),
        instant(row, "moved_at"));
  }
}
