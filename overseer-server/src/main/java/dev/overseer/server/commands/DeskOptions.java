package dev.overseer.server.commands;

import dev.overseer.server.commands.Program.OpenDesk;
import dev.overseer.server.desk.Desk;
import dev.overseer.server.json.Json;
import dev.overseer.server.remote.RemoteDesk;
import dev.overseer.server.remote.ServerAddress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Options of every command that asks a desk: whose, and how to print what it says. */
final class DeskOptions {
  @Spec(Target.MIXEE)
  @Nullable CommandSpec command;

  @Mixin DataOptions data = new DataOptions();

  @Option(names = "--json", description = "Print JSON, as HTTP answers, instead of a table.")
  boolean json;

  /** Asks the running server, or else reads what a stopped one left. */
  <T> T ask(Program program, Question<T> question) throws Exception {
    Path directory = data.directory();
    Optional<ServerAddress> address = ServerAddress.find(directory);
    if (address.isPresent()) {
      try (RemoteDesk remote = new RemoteDesk(address.get())) {
        if (remote.answers()) {
          return question.ask(remote);
        }
      }
      err().println("Its server does not answer; this is what " + directory + " holds.");
    }
    OpenDesk stopped = program.openStopped(data.existing(), data.configuration());
    try (AutoCloseable _ = stopped.resource()) {
      return question.ask(stopped.desk());
    }
  }

  /** Prints {@code answer} as JSON, or else {@code text}. */
  void print(Object answer, String text) {
    PrintWriter out = spec().commandLine().getOut();
    out.print(json ? Json.writeIndented(answer) + "\n" : text);
    out.flush();
  }

  private PrintWriter err() {
    return spec().commandLine().getErr();
  }

  private CommandSpec spec() {
    if (command == null) {
      throw new IllegalStateException("picocli sets the command before it runs it");
    }
    return command;
  }

  /** What a command asks. */
  @FunctionalInterface
  interface Question<T> {
    T ask(Desk desk) throws Exception;
  }
}
