package dev.overseer.server.commands;

import dev.overseer.server.sources.SourceReport;
import dev.overseer.server.sources.SourceReport.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** Examined sources as a person reads them: all that was found, then what is to be done. */
final class SourceReportText {
  private SourceReportText() {}

  static String of(List<SourceReport> reports) {
    return reports.stream().map(SourceReportText::of).collect(Collectors.joining("\n"));
  }

  private static String of(SourceReport report) {
    Table table = new Table("SOURCE", "STANDING", "WHAT", "FOUND");
    for (Finding finding : report.findings()) {
      table.row(report.source(), finding.standing(), finding.subject(), finding.found());
    }
    return table
        + fixes(report, "missing", "Missing in '%s', without which it is not tailed:%n")
        + fixes(report, "advised", "Advised for '%s':%n");
  }

  private static String fixes(SourceReport report, String standing, String title) {
    String fixes =
        report.findings().stream()
            .filter(finding -> finding.standing().equals(standing))
            .flatMap(finding -> finding.fix().stream())
            .map(fix -> "  " + fix.replace("\n", "\n  ") + "\n")
            .distinct()
            .collect(Collectors.joining());
    return fixes.isEmpty() ? "" : title.formatted(report.source()) + fixes;
  }
}
