package dev.overseer.server.commands;

import dev.overseer.server.desk.ActionRequest;
import dev.overseer.server.desk.ActionRequest.Kind;
import dev.overseer.server.desk.ViolationDetail;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** What people can do about a violation: one command for each kind of action. */
final class ActionCommand implements Callable<Integer> {
  private final Program program;
  private final Kind kind;
  private final ActionDetails details;

  @Mixin DeskOptions options = new DeskOptions();

  @Parameters(paramLabel = "ID", description = "Its id, or the beginning of it.")
  String id = "";

  @Mixin ActorOptions actor = new ActorOptions();

  private ActionCommand(Program program, Kind kind, ActionDetails details) {
    this.program = program;
    this.kind = kind;
    this.details = details;
  }

  static List<CommandLine> of(Program program) {
    return List.of(
        new ActionCommand(program, Kind.ACKNOWLEDGE, new ActionDetails.Note())
            .named("ack", "Says that somebody is on it.", " --reason \"asked the bank\""),
        new ActionCommand(program, Kind.SNOOZE, new ActionDetails.Span())
            .named(
                "snooze",
                "Keeps it quiet for a while.",
                " --for 2h --reason \"the bank is asked\""),
        new ActionCommand(program, Kind.ACCEPT, new ActionDetails.Because())
            .named(
                "accept",
                "Lets it stay as it is, while it fails for the same reasons.",
                " --reason \"agreed with finance\""),
        new ActionCommand(program, Kind.RESOLVE, new ActionDetails.Because())
            .named(
                "resolve",
                "Calls it done, where the data cannot tell, or cannot tell yet.",
                " --reason \"booked by hand\" --by ann"));
  }

  private CommandLine named(String name, String purpose, String example) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(this).name(name);
    spec.addMixin("details", CommandSpec.forAnnotatedObject(details));
    spec.usageMessage()
        .description(purpose)
        .footerHeading("%nExample:%n")
        .footer("  overseer violation " + name + " 3f2a91c0" + example);
    return new CommandLine(spec);
  }

  @Override
  public Integer call() throws Exception {
    ActionRequest action = new ActionRequest(kind, actor.by, details.reason(), details.minutes());
    ViolationDetail detail = options.ask(program, desk -> desk.act(id, action));
    options.print(
        detail,
        "%s at %s is %s now.%n"
            .formatted(
                detail.summary().check(), detail.summary().root(), detail.summary().state()));
    return ExitCode.DONE;
  }
}
