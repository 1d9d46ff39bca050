package dev.overseer.runner.projection;

import static dev.overseer.runner.projection.Columns.bytes;
import static dev.overseer.runner.projection.Columns.micros;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.LogOffset;
import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.journal.SubjectId;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.violations.Violation;

/**
 * Puts one entry of the journal into the tables. Quiet verdicts are left out: they are many, nobody
 * asks for one, and none of them concerns a violation that is not closed.
 */
final class EntryWriter {
  private final Sql sql;
  private final ViolationRows violations;
  private final IncidentRows incidents;

  EntryWriter(Sql sql) {
    this.sql = sql;
    this.violations = new ViolationRows(sql);
    this.incidents = new IncidentRows(sql);
  }

  void write(LogOffset offset, JournalEntry entry) {
    switch (entry) {
      case JournalEntry.Activated activated -> write(offset, activated);
      case JournalEntry.Judged judged -> write(offset, judged);
      case JournalEntry.QuietVerdicts _,
          JournalEntry.SubjectErased _,
          JournalEntry.OfSweep _,
          JournalEntry.ChangesDeleted _ -> {}
      case JournalEntry.ModeChosen chosen -> write(chosen);
      case JournalEntry.Transitioned moved -> {
        Violation before = violations.find(moved.violation()).orElse(null);
        violations.write(Violation.after(before, moved), moved);
        write(offset, moved.violation(), moved.move(), moved);
      }
      case JournalEntry.IncidentTransitioned moved -> {
        Incident before = incidents.find(moved.incident()).orElse(null);
        incidents.write(Incident.after(before, moved));
        write(offset, moved.incident(), moved.move(), moved);
      }
      case JournalEntry.Escalated escalated -> write(escalated);
      case JournalEntry.Delivered delivered ->
          sql.update(
              "UPDATE deliveries SET state = 'delivered', error = '', moved_at = ? WHERE id = ?",
              micros(delivered.at()),
              delivered.id().hex());
      case JournalEntry.DeliveryFailed failed ->
          sql.update(
              "UPDATE deliveries SET attempts = ?, error = ?, moved_at = ? WHERE id = ?",
              failed.attempt(),
              failed.error(),
              micros(failed.at()),
              failed.id().hex());
      case JournalEntry.DeliveryGivenUp givenUp ->
          sql.update(
              "UPDATE deliveries SET state = 'given-up', error = ?, moved_at = ? WHERE id = ?",
              givenUp.error(),
              micros(givenUp.at()),
              givenUp.id().hex());
    }
  }

  private void write(LogOffset offset, JournalEntry.Activated activated) {
    sql.update(
        "INSERT INTO activations VALUES (?, ?, ?, ?, ?, ?)",
        offset.value(),
        activated.check().value(),
        activated.definition().hex(),
        activated.from().micros(),
        activated.description(),
        micros(activated.at()));
  }

  private void write(JournalEntry.ModeChosen chosen) {
    sql.update(
        "INSERT OR REPLACE INTO modes VALUES (?, ?, ?, ?, ?)",
        chosen.check().value(),
        chosen.mode().word(),
        chosen.by().orElse(""),
        chosen.reason(),
        micros(chosen.at()));
  }

  private void write(LogOffset offset, JournalEntry.Judged judged) {
    Verdict verdict = judged.verdict();
    ViolationId violation = ViolationId.of(verdict.check(), verdict.root());
    sql.update(
        "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        offset.value(),
        judged.id().hex(),
        verdict.check().value(),
        verdict.root().toString(),
        violation.hex(),
        word(verdict.outcome()),
        verdict.isComplete() ? 1 : 0,
        verdict.cut().micros(),
        micros(judged.at()),
        bytes(judged));
    violations.find(violation).map(known -> known.after(verdict)).ifPresent(violations::write);
  }

  private void write(LogOffset offset, SubjectId subject, Move move, JournalEntry entry) {
    sql.update(
        "INSERT INTO transitions VALUES (?, ?, ?, ?, ?, ?)",
        offset.value(),
        move.id().hex(),
        subject.hex(),
        move.word(),
        micros(move.at()),
        bytes(entry));
  }

  private void write(JournalEntry.Escalated escalated) {
    sql.update(
        "INSERT OR REPLACE INTO deliveries VALUES (?, ?, ?, ?, 'owed', 0, '', ?, ?)",
        escalated.id().hex(),
        escalated.subject().hex(),
        escalated.sequence(),
        escalated.channel(),
        micros(escalated.at()),
        micros(escalated.at()));
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> "passed";
      case Outcome.Failed _ -> "failed";
      case Outcome.Inconclusive _ -> "inconclusive";
      case Outcome.NotApplicable _ -> "not applicable";
      case Outcome.Errored _ -> "errored";
    };
  }
}
