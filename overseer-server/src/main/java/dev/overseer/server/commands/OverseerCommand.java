package dev.overseer.server.commands;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** {@code overseer}, the program: all commands hang below it. */
@Command(
    name = "overseer",
    description = {
      "Watches the write-ahead logs of many databases and says when they disagree.",
      ""
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a failure of Overseer or of its storage; the log says more",
      "2:the command, the configuration or the request is wrong; change it",
      "3:something does not answer; try again"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  overseer config check --config overseer.yaml",
      "  overseer source setup payments",
      "  overseer source test",
      "  overseer run --config overseer.yaml",
      "  overseer violation list",
      "  overseer violation resolve 3f2a91c0 --reason \"booked by hand\"",
      "  overseer record get withdrawal/42 --as-of 2026-01-31T08:00:00Z",
      "  overseer view explain withdrawal-booking/42",
      "  overseer backtest --check withdrawal-is-booked-once --from 2026-01-01 --compare live",
      "  overseer log cat --last 20",
      "",
      "Each command's --help says more."
    })
public final class OverseerCommand {
  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log what is done, in detail, on standard error.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Say how this is used.")
  boolean help;

  private OverseerCommand() {}

  /**
   * Runs one command.
   *
   * @param contributions commands that other modules bring
   * @return the exit code
   */
  public static int execute(
      Program program, List<?> contributions, PrintWriter out, PrintWriter err, String... words) {
    CommandLine line =
        new CommandLine(new OverseerCommand())
            .addSubcommand(new RunCommand(program))
            .addSubcommand(group(ViolationCommands.class, ViolationCommands.of(program)))
            .addSubcommand(
                group(IncidentCommands.class, List.of(new IncidentCommands.Listing(program))))
            .addSubcommand(group(SourceCommands.class, SourceCommands.of(program)))
            .addSubcommand(group(CheckCommands.class, CheckCommands.of(program)))
            .addSubcommand(new BacktestCommand(program))
            .addSubcommand(group(RecordCommands.class, RecordCommands.of(program)))
            .addSubcommand(group(ViewCommands.class, ViewCommands.of(program)))
            .addSubcommand(group(LogCommands.class, LogCommands.of(program)))
            .addSubcommand(
                group(ConfigCommands.class, List.of(new ConfigCommands.Checking(program))))
            .addSubcommand(
                group(SubjectCommands.class, List.of(new SubjectCommands.Erasing(program))))
            .addSubcommand(new VerifyCommand(program))
            .addSubcommand(new VersionCommand());
    contributions.forEach(line::addSubcommand);
    line.setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(OverseerCommand::report)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
    return line.execute(words.length == 0 ? new String[] {"--help"} : words);
  }

  private static CommandLine group(Class<?> type, List<?> commands) {
    CommandLine group = new CommandLine(type);
    commands.forEach(group::addSubcommand);
    return group;
  }

  private static int report(Exception e, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof ParameterException) {
      throw e;
    }
    int code = ExitCode.of(e);
    line.getErr().println(code == ExitCode.FAILED ? e.toString() : e.getMessage());
    boolean verbose = parsed.hasMatchedOption("--verbose");
    if (verbose) {
      e.printStackTrace(line.getErr());
    } else if (code == ExitCode.FAILED) {
      line.getErr().println("Run it again with --verbose for the details.");
    }
    line.getErr().flush();
    return code;
  }
}
