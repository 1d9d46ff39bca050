package dev.overseer.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.server.commands.OverseerCommand;
import java.io.PrintWriter;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;

/** The program {@code overseer}: runs one command, and exits with its code. */
public final class Main {
  private static final String LOG_LEVEL = "overseer.log.level";
  private static final int FAILED = 1;

  private Main() {}

  public static void main(String[] words) {
    List<CommandContribution> contributions =
        ServiceLoader.load(CommandContribution.class).stream().map(Provider::get).toList();
    chooseLogLevel(List.of(words), contributions);
    PrintWriter out = new PrintWriter(System.out, true, UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    try {
      List<Object> commands = contributions.stream().map(CommandContribution::command).toList();
      System.exit(OverseerCommand.execute(new ServerProgram(), commands, out, err, words));
    } catch (Error e) {
      // Not left to the virtual machine: a command may have sent System.err elsewhere meanwhile.
      e.printStackTrace(err);
      System.exit(FAILED);
    }
  }

  /** Before anything logs: the logging configuration reads it once. */
  private static void chooseLogLevel(List<String> words, List<CommandContribution> contributions) {
    if (words.contains("--verbose") || words.contains("-v")) {
      System.setProperty(LOG_LEVEL, "DEBUG");
    } else if (System.getProperty(LOG_LEVEL) == null && !serves(words, contributions)) {
      System.setProperty(LOG_LEVEL, "ERROR");
    }
  }

  private static boolean serves(List<String> words, List<CommandContribution> contributions) {
    return words.contains("run")
        || contributions.stream().flatMap(it -> it.serving().stream()).anyMatch(words::contains);
  }
}
