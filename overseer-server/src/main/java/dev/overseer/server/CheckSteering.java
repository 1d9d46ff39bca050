package dev.overseer.server;

import dev.overseer.model.CheckName;
import dev.overseer.model.InvalidRequest;
import dev.overseer.runner.Runner;
import dev.overseer.runner.Suspended;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.journal.CheckMode;
import dev.overseer.runner.journal.JournalEntry.ModeChosen;
import dev.overseer.runner.journal.ModeBook;
import dev.overseer.runner.journal.SweepScope;
import dev.overseer.runner.sweep.SweepBook;
import dev.overseer.server.canary.CanaryDefinitions;
import dev.overseer.server.configuration.Nearest;
import dev.overseer.server.desk.CheckRequest;
import dev.overseer.server.desk.CheckStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checks as they stand in this process, and what people want of them. */
record CheckSteering(
    Runner runner, ModeBook modes, SweepBook sweeps, ProjectedRows rows, InstantSource clock) {

  List<CheckStatus> all() {
    return coverage().map(it -> status(it, runner.suspended())).toList();
  }

  /** Of the user's own checks: the canary is Overseer's, and nobody's to steer. */
  private Stream<Coverage> coverage() {
    return runner.coverage().stream().filter(it -> !it.check().equals(CanaryDefinitions.CHECK));
  }

  /** Its mode as it was chosen last, whether or not that is projected. */
  private CheckStatus status(Coverage coverage, List<Suspended> suspended) {
    CheckName check = coverage.check();
    return rows.check(
        coverage, modes.find(check), suspended, SweepRows.status(sweeps, check), clock.instant());
  }

  CheckStatus steer(String name, CheckRequest request) {
    Coverage coverage = find(name);
    CheckName check = coverage.check();
    List<Suspended> suspended = runner.suspended();
    switch (request.kind()) {
      case PAUSE -> choose(check, CheckMode.PAUSED, request);
      case OBSERVE -> choose(check, CheckMode.OBSERVE, request);
      case ACTIVATE -> choose(check, CheckMode.ACTIVE, request);
      case RESUME -> {
        resume(check, request, suspended);
        suspended = List.of();
      }
      case SWEEP -> sweeps.begin(check, SweepScope.UNJUDGED, request.by(), request.reason());
      case SWEEP_ALL -> sweeps.begin(check, SweepScope.ALL, request.by(), request.reason());
      case STOP_SWEEP -> sweeps.stop(check, request.by(), request.reason());
    }
    return status(coverage, suspended);
  }

  private Coverage find(String name) {
    List<Coverage> all = coverage().toList();
    return all.stream()
        .filter(it -> it.check().value().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name, all.stream().map(it -> it.check().value()).toList()));
  }

  /** Names the nearest, if one is near. */
  static InvalidRequest unknown(String name, List<String> names) {
    return new InvalidRequest(
        "There is no check '%s'; %s"
            .formatted(
                name,
                Nearest.to(name, names)
                    .map(near -> "did you mean '%s'?".formatted(near))
                    .orElse("there are " + names)));
  }

  private void choose(CheckName check, CheckMode mode, CheckRequest request) {
    Optional<CheckMode> now = modes.find(check).map(ModeChosen::mode);
    if (now.orElse(CheckMode.ACTIVE) == mode) {
      throw new InvalidRequest("The check '%s' is %s already".formatted(check, mode.word()));
    }
    modes.choose(check, mode, request.by(), request.reason());
  }

  private void resume(CheckName check, CheckRequest request, List<Suspended> suspended) {
    Suspended it =
        suspended.stream()
            .filter(one -> one.check().equals(check))
            .findFirst()
            .orElseThrow(
                () -> new InvalidRequest("The check '%s' is not suspended".formatted(check)));
    if (it.probeAt().isEmpty()) {
      throw new InvalidRequest(
          "Calls of the check '%s' have not come back: correct it, and start anew"
              .formatted(check));
    }
    String why = request.reason().isBlank() ? "" : ": " + request.reason();
    runner.resume(check, "%s had it go on%s".formatted(request.by(), why));
  }
}
