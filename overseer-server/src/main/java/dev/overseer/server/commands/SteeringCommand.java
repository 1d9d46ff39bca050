package dev.overseer.server.commands;

import dev.overseer.server.desk.CheckRequest;
import dev.overseer.server.desk.CheckRequest.Kind;
import dev.overseer.server.desk.CheckStatus;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What people can have a check do: one command for each kind of wish. */
final class SteeringCommand implements Callable<Integer> {
  private final Program program;
  private final Kind kind;

  @Mixin DeskOptions options = new DeskOptions();

  @Parameters(paramLabel = "CHECK", description = "Its name.")
  String check = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "For the record.")
  String reason = "";

  @Mixin ActorOptions actor = new ActorOptions();

  private SteeringCommand(Program program, Kind kind) {
    this.program = program;
    this.kind = kind;
  }

  static List<CommandLine> of(Program program) {
    return List.of(
        new SteeringCommand(program, Kind.PAUSE)
            .named(
                "pause",
                "Judges nothing of it: its triggers wait, and are judged when that is over.",
                " --reason \"the ledger is being migrated\""),
        new SteeringCommand(program, Kind.OBSERVE)
            .named(
                "observe",
                "Judges it and keeps what it finds, but tells nobody.",
                " --reason \"new, let us see\""),
        new SteeringCommand(program, Kind.ACTIVATE)
            .named("activate", "Judges it, and tells what it finds.", " --reason \"it was right\""),
        new SteeringCommand(program, Kind.RESUME)
            .named("resume", "Tries it again at once, where it is suspended for its errors.", ""));
  }

  private CommandLine named(String name, String purpose, String example) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(this).name(name);
    spec.usageMessage()
        .description(purpose)
        .footerHeading("%nExample:%n")
        .footer("  overseer check " + name + " withdrawal-is-booked-once" + example);
    return new CommandLine(spec);
  }

  @Override
  public Integer call() throws Exception {
    CheckRequest request = new CheckRequest(kind, actor.by, reason);
    CheckStatus status = options.ask(program, desk -> desk.steer(check, request));
    options.print(status, "%s is %s now.%n".formatted(status.name(), state(status)));
    return ExitCode.DONE;
  }

  private static String state(CheckStatus status) {
    return status.mode() + status.suspended().map(why -> ", suspended: " + why).orElse("");
  }
}
