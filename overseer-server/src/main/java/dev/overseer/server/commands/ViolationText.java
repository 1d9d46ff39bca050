package dev.overseer.server.commands;

import dev.overseer.server.desk.ViolationDetail;
import dev.overseer.server.desk.ViolationDetail.HistoryStep;
import dev.overseer.server.desk.ViolationDetail.Proof;
import dev.overseer.server.desk.ViolationDetail.ProofUpdate;
import dev.overseer.server.desk.ViolationSummary;
import dev.overseer.server.desk.ViolationSummary.Reason;

/** All of a violation, for people. */
final class ViolationText {
  private ViolationText() {}

  static String of(ViolationDetail detail) {
    ViolationSummary summary = detail.summary();
    StringBuilder text = new StringBuilder();
    text.append("%s at %s%n".formatted(summary.check(), summary.root()));
    text.append(
        "%s since %s; the data %s as of %s%n"
            .formatted(
                summary.state(),
                Shown.time(summary.changedAt()),
                summary.failing() ? "fail" : "pass",
                summary.cut()));
    text.append("id %s%n%n".formatted(summary.id()));
    summary.reasons().forEach(reason -> text.append(reason(reason)));
    detail.evidence().ifPresent(proof -> text.append('\n').append(evidence(proof)));
    text.append('\n').append(history(detail));
    return text.toString();
  }

  private static String reason(Reason reason) {
    String values =
        reason.expected().isEmpty() && reason.actual().isEmpty()
            ? ""
            : ": expected %s, found %s".formatted(reason.expected(), reason.actual());
    return "%s (%s)%s%n".formatted(reason.text(), reason.code(), values);
  }

  private static String evidence(Proof proof) {
    Table table = new Table("EVIDENCE", "RECORD", "OPERATION", "UPDATE", "OFFSET");
    for (ProofUpdate update : proof.updates()) {
      table.row(
          update.effectiveTime(),
          update.record(),
          update.operation(),
          update.update(),
          update.offset());
    }
    StringBuilder text = new StringBuilder(table.toString());
    proof
        .positions()
        .forEach((source, position) -> text.append("%s was at %s%n".formatted(source, position)));
    return text.toString();
  }

  private static String history(ViolationDetail detail) {
    Table table = new Table("HISTORY", "STATE", "BY", "WHY");
    for (HistoryStep step : detail.history()) {
      table.row(step.at(), step.to(), step.by().orElse("the data"), step.text());
    }
    return table.toString();
  }
}
