package dev.overseer.server;

import dev.overseer.model.CheckName;
import dev.overseer.model.InvalidRequest;
import dev.overseer.runner.Suspended;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.journal.JournalEntry.Activated;
import dev.overseer.runner.journal.JournalEntry.ModeChosen;
import dev.overseer.runner.projection.Projection;
import dev.overseer.runner.projection.RowFilter;
import dev.overseer.runner.projection.RowPage;
import dev.overseer.runner.transitions.State;
import dev.overseer.runner.violations.Violation;
import dev.overseer.server.canary.CanaryDefinitions;
import dev.overseer.server.desk.CheckStatus;
import dev.overseer.server.desk.IncidentSummary;
import dev.overseer.server.desk.Page;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.SweepStatus;
import dev.overseer.server.desk.ViolationDetail;
import dev.overseer.server.desk.ViolationSummary;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a desk shows of the projection: the same for a server that runs and one that does not. */
final class ProjectedRows {
  private static final Set<State> UNRESOLVED =
      Set.of(State.OPEN, State.ACKNOWLEDGED, State.SNOOZED);

  private final Projection projection;

  ProjectedRows(Projection projection) {
    this.projection = projection;
  }

  /** Whether a person may still have to look at it. */
  static boolean isUnresolved(Violation violation) {
    return UNRESOLVED.contains(violation.state());
  }

  /** Without the canary's, unless they are asked for by its name. */
  Page<ViolationSummary> violations(Query query) {
    RowFilter filter = filter(query);
    RowPage<Violation> page =
        projection.violations(
            query.about().isPresent() ? filter : filter.notAbout(CanaryDefinitions.NAME));
    List<ViolationSummary> rows = page.rows().stream().map(DeskRows::summary).toList();
    return new Page<>(rows, page.offset(), page.total());
  }

  Optional<ViolationDetail> violation(String id) {
    return projection.violation(id).map(DeskRows::detail);
  }

  Page<IncidentSummary> incidents(Query query) {
    RowPage<Incident> page = projection.incidents(filter(query));
    List<IncidentSummary> rows = page.rows().stream().map(DeskRows::summary).toList();
    return new Page<>(rows, page.offset(), page.total());
  }

  /** Modes may trail the journal by a moment, as all else that is projected. */
  List<CheckStatus> checks(List<Coverage> coverage, List<Suspended> suspended, Instant now) {
    return coverage.stream()
        .filter(it -> !it.check().equals(CanaryDefinitions.CHECK))
        .map(it -> check(it, projection.mode(it.check()), suspended, Optional.empty(), now))
        .toList();
  }

  CheckStatus check(
      Coverage coverage,
      Optional<ModeChosen> mode,
      List<Suspended> suspended,
      Optional<SweepStatus> sweep,
      Instant now) {
    CheckName check = coverage.check();
    return DeskRows.status(
        coverage,
        activation(check),
        mode,
        suspended.stream().filter(it -> it.check().equals(check)).findFirst(),
        sweep,
        open(check),
        now);
  }

  private Optional<Activated> activation(CheckName check) {
    return projection.activations(check).reversed().stream().findFirst();
  }

  private long open(CheckName check) {
    RowFilter open = RowFilter.all().in(UNRESOLVED).about(check.value()).page(0, 1);
    return projection.violations(open).total();
  }

  private static RowFilter filter(Query query) {
    RowFilter filter = RowFilter.all().page(query.offset(), query.limit());
    if (query.state().isPresent()) {
      filter = filter.in(states(query.state().get()));
    }
    return query.about().isPresent() ? filter.about(query.about().get()) : filter;
  }

  private static Set<State> states(String word) {
    if (word.equals(Query.UNRESOLVED)) {
      return UNRESOLVED;
    }
    List<State> states = Arrays.stream(State.values()).filter(it -> it != State.ABSENT).toList();
    return states.stream()
        .filter(state -> state.word().equals(word))
        .findFirst()
        .map(Set::of)
        .orElseThrow(
            () ->
                new InvalidRequest(
                    "There is no state '%s'; there are %s, %s"
                        .formatted(
                            word,
                            Query.UNRESOLVED,
                            String.join(", ", states.stream().map(State::word).toList()))));
  }
}
