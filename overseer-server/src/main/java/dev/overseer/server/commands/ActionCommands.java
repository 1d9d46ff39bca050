package dev.overseer.server.commands;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.desk.ActionRequest;
import dev.overseer.server.desk.ActionRequest.Kind;
import dev.overseer.server.desk.ViolationDetail;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What people can do about a violation, a command each. */
final class ActionCommands {
  private ActionCommands() {}

  /** Options that all of them have. */
  static final class Subject {
    @Mixin DeskOptions options = new DeskOptions();

    @Parameters(paramLabel = "ID", description = "Its id, or the beginning of it.")
    String id = "";

    @Option(
        names = "--by",
        paramLabel = "WHO",
        description = "Who does it, for the record. Default: the operating system's user.")
    String by = System.getProperty("user.name", "somebody");

    int act(Program program, Kind kind, Optional<String> reason, Optional<Long> minutes)
        throws Exception {
      ActionRequest action = new ActionRequest(kind, by, reason, minutes);
      ViolationDetail detail = options.ask(program, desk -> desk.act(id, action));
      options.print(
          detail,
          "%s at %s is %s now.%n"
              .formatted(
                  detail.summary().check(), detail.summary().root(), detail.summary().state()));
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "ack",
      description = "Says that somebody is on it.",
      footerHeading = "%nExample:%n",
      footer = "  overseer violation ack 3f2a91c0")
  static final class Acknowledge implements Callable<Integer> {
    private final Program program;
    @Mixin Subject subject = new Subject();

    Acknowledge(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      return subject.act(program, Kind.ACKNOWLEDGE, Optional.empty(), Optional.empty());
    }
  }

  @Command(
      name = "snooze",
      description = "Keeps it quiet for a while.",
      footerHeading = "%nExample:%n",
      footer = "  overseer violation snooze 3f2a91c0 --for 2h")
  static final class Snooze implements Callable<Integer> {
    private final Program program;
    @Mixin Subject subject = new Subject();

    @Option(
        names = "--for",
        required = true,
        paramLabel = "DURATION",
        description = "For how long: 30m, 2h, 1d.")
    String duration = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    @Nullable String reason;

    Snooze(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      return subject.act(
          program, Kind.SNOOZE, Optional.ofNullable(reason), Optional.of(minutes(duration)));
    }

    private static long minutes(String text) {
      String upper = text.toUpperCase(Locale.ROOT);
      try {
        return Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper).toMinutes();
      } catch (DateTimeParseException e) {
        throw new InvalidRequest("--for is a duration as 30m, 2h or 1d, not " + text, e);
      }
    }
  }

  @Command(
      name = "accept",
      description = "Lets it stay as it is, while it fails for the same reasons.",
      footerHeading = "%nExample:%n",
      footer = "  overseer violation accept 3f2a91c0 --reason \"agreed with finance\"")
  static final class Accept implements Callable<Integer> {
    private final Program program;
    @Mixin Subject subject = new Subject();

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why, for those who look at it later.")
    String reason = "";

    Accept(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      return subject.act(program, Kind.ACCEPT, Optional.of(reason), Optional.empty());
    }
  }

  @Command(
      name = "resolve",
      description = "Calls it done, where the data cannot tell, or cannot tell yet.",
      footerHeading = "%nExample:%n",
      footer = "  overseer violation resolve 3f2a91c0 --reason \"booked by hand\" --by ann")
  static final class Resolve implements Callable<Integer> {
    private final Program program;
    @Mixin Subject subject = new Subject();

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why, for those who look at it later.")
    String reason = "";

    Resolve(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      return subject.act(program, Kind.RESOLVE, Optional.of(reason), Optional.empty());
    }
  }
}
