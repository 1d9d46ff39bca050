package dev.overseer.runner.projection;

import static dev.overseer.runner.projection.Columns.instant;
import static dev.overseer.runner.projection.Columns.micros;

import dev.overseer.model.InvariantViolated;
import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.journal.IncidentId;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.transitions.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** The table {@code incidents}. */
final class IncidentRows {
  private final Sql sql;

  IncidentRows(Sql sql) {
    this.sql = sql;
  }

  Optional<Incident> find(IncidentId id) {
    return sql.find("SELECT * FROM incidents WHERE id = ?", IncidentRows::read, id.hex());
  }

  void write(Incident incident) {
    sql.update(
        "INSERT OR REPLACE INTO incidents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        incident.id().hex(),
        incident.kind().word(),
        incident.subject(),
        incident.state().word(),
        incident.sequence(),
        incident.text(),
        micros(incident.openedAt()),
        micros(incident.movedAt()),
        micros(incident.snoozedUntil()));
  }

  static Incident read(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    return new Incident(
        new IncidentId(row.getString("id")),
        IncidentKind.find(kind)
            .orElseThrow(() -> new InvariantViolated("No incident is of kind " + kind)),
        row.getString("subject"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getLong("sequence"),
        row.getString("text"),
        instant(row, "opened_at"),
        instant(row, "moved_at"),
        Columns.findInstant(row, "snoozed_until"));
  }
}
