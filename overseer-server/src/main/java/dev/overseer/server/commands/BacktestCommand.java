package dev.overseer.server.commands;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Unavailable;
import dev.overseer.server.commands.Program.OpenBacktests;
import dev.overseer.server.desk.BacktestAnswer;
import dev.overseer.server.desk.BacktestAsk;
import dev.overseer.server.desk.BacktestStatus;
import dev.overseer.server.desk.Backtests;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code overseer backtest}. */
@Command(
    name = "backtest",
    description = {
      "Has a check judge once more what the log holds of some time. Nothing is recorded, and nobody"
          + " is told.",
      "Says what would have failed, when it would have healed, and, with --compare live, where that"
          + " differs from what is on record.",
      "A running server does it, beside its other work, by the checks that it runs. With --jar this"
          + " command does it itself, on the data directory, and changes nothing there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  overseer backtest --check withdrawal-is-booked-once --from 2026-01-01 --to 2026-02-01",
      "  overseer backtest --check withdrawal-is-booked-once --jar changed.jar --compare live"
          + " --config overseer.yaml"
    })
final class BacktestCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 200;

  private final Program program;
  @Spec @Nullable CommandSpec spec;
  @Mixin DeskOptions options = new DeskOptions();

  @Option(names = "--check", paramLabel = "NAME", required = true, description = "Which check.")
  String check = "";

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "Try the check as this jar has it; needs --config.")
  @Nullable Path jar;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Updates before this trigger nothing: 2026-01-31T08:00:00Z, or 2026-01-31 for its"
              + " beginning in UTC. Default: from when on the check is judged live.")
  @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Nor do updates of this time and later. Default: the end.")
  @Nullable String to;

  @Option(
      names = "--compare",
      paramLabel = "live",
      description = "Tell the differences to the verdicts that are on record.")
  @Nullable String compare;

  BacktestCommand(Program program) {
    this.program = program;
  }

  @Override
  public Integer call() throws Exception {
    BacktestAsk ask =
        new BacktestAsk(
            check,
            Optional.ofNullable(from),
            Optional.ofNullable(to),
            Optional.ofNullable(compare));
    BacktestAnswer answer =
        jar == null ? options.ask(program, desk -> run(desk.backtests(), ask)) : runJar(jar, ask);
    options.print(answer, BacktestText.of(answer));
    return ExitCode.DONE;
  }

  private BacktestAnswer runJar(Path file, BacktestAsk ask) throws Exception {
    OpenBacktests open =
        program.openBacktests(
            options.data.existing(),
            options
                .data
                .configuration()
                .orElseThrow(
                    () ->
                        new InvalidRequest(
                            "--jar needs --config: the configuration defines models and views")),
            file);
    try (AutoCloseable _ = open.resource()) {
      return run(open.backtests(), ask);
    }
  }

  private BacktestAnswer run(Backtests backtests, BacktestAsk ask) throws InterruptedException {
    BacktestStatus status = backtests.start(ask);
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    try (ProgressLine line = new ProgressLine(err, status.all(), "records")) {
      while (status.state().equals(BacktestStatus.RUNNING)) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        status = backtests.get(status.id());
        line.show(status.read(), status.all());
      }
    } catch (InterruptedException stopping) {
      backtests.cancel(status.id());
      throw stopping;
    }
    String error = status.error().orElse("The backtest was " + status.state());
    return status.result().orElseThrow(() -> new Unavailable(error));
  }
}
