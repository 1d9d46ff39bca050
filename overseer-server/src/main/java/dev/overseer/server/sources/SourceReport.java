package dev.overseer.server.sources;

import dev.overseer.ingestion.postgres.Requirement;
import dev.overseer.ingestion.postgres.Requirement.Standing;
import java.util.List;
import java.util.Optional;

/**
 * What an examination found of one source, for people and as JSON.
 *
 * @param ready whether it can be tailed: nothing is missing
 */
public record SourceReport(String source, boolean ready, List<Finding> findings) {
  public SourceReport {
    findings = List.copyOf(findings);
  }

  /**
   * One requirement.
   *
   * @param standing {@code met}, {@code advised} or {@code missing}
   * @param fix SQL to run there, or what else to do
   */
  public record Finding(String subject, String standing, String found, Optional<String> fix) {}

  static SourceReport of(String source, List<Requirement> requirements) {
    return new SourceReport(
        source,
        requirements.stream().noneMatch(it -> it.standing() == Standing.MISSING),
        requirements.stream()
            .map(it -> new Finding(it.subject(), it.standing().word(), it.found(), it.fix()))
            .toList());
  }
}
