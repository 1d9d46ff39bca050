package dev.overseer.runner.projection;

import static dev.overseer.runner.projection.Columns.bytes;
import static dev.overseer.runner.projection.Columns.effectiveTime;
import static dev.overseer.runner.projection.Columns.instant;
import static dev.overseer.runner.projection.Columns.micros;
import static dev.overseer.runner.projection.Columns.microsOf;

import dev.overseer.model.InvariantViolated;
import dev.overseer.runner.journal.Detection;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.transitions.State;
import dev.overseer.runner.violations.DataState;
import dev.overseer.runner.violations.Violation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table {@code violations}. */
final class ViolationRows {
  private final Sql sql;

  ViolationRows(Sql sql) {
    this.sql = sql;
  }

  Optional<Violation> find(ViolationId id) {
    return sql.find("SELECT * FROM violations WHERE id = ?", ViolationRows::read, id.hex());
  }

  /** The violation after a step; its first is by a failure. */
  void write(Violation violation, Transitioned moved) {
    if (moved.move().grounds() instanceof Grounds.Failure) {
      sql.update(
          """
          INSERT INTO violations (id, check_name, root, state, sequence, failing, cut, failed_cut,
            moved_cut, opened_at, moved_at, channels, failure)
          VALUES (?, ?, ?, '', 0, 0, 0, 0, 0, 0, 0, '', ?)
          ON CONFLICT (id) DO UPDATE SET failure = excluded.failure\
          """,
          violation.id().hex(),
          violation.check().value(),
          violation.root().toString(),
          bytes(moved));
    }
    write(violation);
  }

  /** The violation after a verdict that caused no step. */
  void write(Violation violation) {
    DataState data = violation.data();
    sql.update(
        """
        UPDATE violations SET state = ?, sequence = ?, failing = ?, cut = ?, failed_cut = ?,
          moved_cut = ?, detected = ?, beyond = ?, opened_at = ?, moved_at = ?, snoozed_until = ?,
          channels = ?
        WHERE id = ?\
        """,
        violation.state().word(),
        violation.sequence(),
        data.failing() ? 1 : 0,
        data.cut().micros(),
        data.failedCut().micros(),
        violation.movedCut().micros(),
        microsOf(violation.detection().map(Detection::timeToDetect)),
        microsOf(violation.detection().map(Detection::beyondStrategy)),
        micros(violation.openedAt()),
        micros(violation.movedAt()),
        micros(violation.snoozedUntil()),
        String.join("\n", violation.channels()),
        violation.id().hex());
  }

  static Violation read(ResultSet row) throws SQLException {
    Transitioned failure = Columns.entry(row, "failure", Transitioned.class);
    if (!(failure.move().grounds() instanceof Grounds.Failure grounds)) {
      throw new InvariantViolated("The projection took " + failure + " for a failure");
    }
    String channels = row.getString("channels");
    return new Violation(
        failure.violation(),
        failure.check(),
        failure.root(),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getLong("sequence"),
        new DataState(
            row.getInt("failing") == 1,
            effectiveTime(row, "cut"),
            effectiveTime(row, "failed_cut")),
        effectiveTime(row, "moved_cut"),
        grounds.reasons(),
        detection(row),
        instant(row, "opened_at"),
        instant(row, "moved_at"),
        Columns.findInstant(row, "snoozed_until"),
        channels.isEmpty() ? List.of() : List.of(channels.split("\n")));
  }

  private static Optional<Detection> detection(ResultSet row) throws SQLException {
    row.getLong("detected");
    if (row.wasNull()) {
      return Optional.empty();
    }
    return Optional.of(
        new Detection(Columns.duration(row, "detected"), Columns.duration(row, "beyond")));
  }
}
