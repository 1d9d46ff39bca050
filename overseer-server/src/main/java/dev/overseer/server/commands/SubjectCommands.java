package dev.overseer.server.commands;

import dev.overseer.server.desk.Erasure;
import dev.overseer.server.desk.ErasureRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code overseer subject ...}. */
@Command(
    name = "subject",
    description = "Forgets those whose values are stored encrypted.",
    synopsisSubcommandLabel = "COMMAND")
final class SubjectCommands {
  private SubjectCommands() {}

  @Command(
      name = "erase",
      description = {
        "Destroys a subject's key for good: nothing that was encrypted with it can be read any"
            + " more.",
        "That it was done, by whom and why stays on record; of the subject itself a keyed hash"
            + " does."
      },
      footerHeading = "%nExample:%n",
      footer = "  overseer subject erase 4711 --kind customer --reason \"asked for it, ticket 17\"")
  static final class Erasing implements Callable<Integer> {
    private final Program program;
    @Mixin DeskOptions options = new DeskOptions();

    @Parameters(
        paramLabel = "SUBJECT",
        description = "Its name: the text of the column that names it in the source.")
    String subject = "";

    @Option(
        names = "--kind",
        paramLabel = "KIND",
        description = "What the name means, as the configuration has it. Default: subject.")
    String kind = "subject";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "For the record.")
    String reason = "";

    @Mixin ActorOptions actor = new ActorOptions();

    Erasing(Program program) {
      this.program = program;
    }

    @Override
    public Integer call() throws Exception {
      ErasureRequest request = new ErasureRequest(kind, subject, actor.by, reason);
      Erasure erasure = options.ask(program, desk -> desk.erase(request));
      options.print(
          erasure,
          "The key %s of a subject of kind '%s' is destroyed.%n"
              .formatted(erasure.key(), erasure.kind()));
      return ExitCode.DONE;
    }
  }
}
