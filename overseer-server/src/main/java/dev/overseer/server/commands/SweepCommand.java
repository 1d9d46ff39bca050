package dev.overseer.server.commands;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.desk.CheckRequest;
import dev.overseer.server.desk.CheckRequest.Kind;
import dev.overseer.server.desk.CheckStatus;
import dev.overseer.server.desk.Desk;
import dev.overseer.server.desk.SweepStatus;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Begins a check's sweep, or watches the one that is under way. */
@Command(
    name = "sweep",
    description = {
      "Judges roots that no update has triggered under the check's definition, at leisure.",
      "At a terminal it shows how far that has come, until the end; the sweep goes on without it."
    },
    footerHeading = "%nExample:%n",
    footer = "  overseer check sweep withdrawal-is-booked-once --reason \"a stricter rule\"")
final class SweepCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 500;

  private final Program program;
  @Mixin DeskOptions options = new DeskOptions();
  @Spec @Nullable CommandSpec spec;

  @Parameters(paramLabel = "CHECK", description = "Its name.")
  String check = "";

  @Option(names = "--all", description = "Judge all roots, those too that were judged.")
  boolean all;

  @Option(names = "--stop", description = "No more of the sweep that is under way.")
  boolean stop;

  @Option(names = "--reason", paramLabel = "TEXT", description = "For the record.")
  String reason = "";

  @Mixin ActorOptions actor = new ActorOptions();

  SweepCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() throws Exception {
    if (all && stop) {
      throw new InvalidRequest("A sweep is begun with --all or stopped with --stop, not both");
    }
    CheckStatus status =
        options.ask(
            program,
            desk -> {
              CheckStatus begun = asked(desk);
              return stop || !ProgressLine.isSeen() ? begun : watched(desk, begun);
            });
    String text = status.sweep().map(SweepText::of).orElse("of no check");
    options.print(status, "%s: sweep %s.%n".formatted(status.name(), text));
    return ExitCode.DONE;
  }

  /** One that is under way is watched, and no other begins. */
  private CheckStatus asked(Desk desk) {
    Optional<CheckStatus> underWay = stop ? Optional.empty() : find(desk).filter(this::isSwept);
    return underWay.orElseGet(
        () -> {
          Kind kind = all ? Kind.SWEEP_ALL : Kind.SWEEP;
          return desk.steer(
              check, new CheckRequest(stop ? Kind.STOP_SWEEP : kind, actor.by, reason));
        });
  }

  private Optional<CheckStatus> find(Desk desk) {
    return desk.checks().stream().filter(it -> it.name().equals(check)).findFirst();
  }

  private boolean isSwept(CheckStatus status) {
    return status.sweep().filter(SweepStatus::underWay).isPresent();
  }

  private CheckStatus watched(Desk desk, CheckStatus begun) throws InterruptedException {
    CheckStatus status = begun;
    try (ProgressLine line = new ProgressLine(err(), 0, "records")) {
      while (isSwept(status)) {
        SweepStatus sweep = status.sweep().orElseThrow();
        line.show(sweep.lookedAt(), sweep.records().orElse(0L));
        Thread.sleep(LOOK_MILLIS);
        status = find(desk).orElse(status);
      }
    }
    return status;
  }

  private PrintWriter err() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the command before it runs it");
    }
    return spec.commandLine().getErr();
  }
}
