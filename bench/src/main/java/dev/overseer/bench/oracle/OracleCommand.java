package dev.overseer.bench.oracle;

import dev.overseer.bench.campaign.Problems;
import dev.overseer.testkit.PostgresVersion;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./dev oracle postgres}. */
@Command(
    name = "./dev oracle postgres",
    mixinStandardHelpOptions = true,
    description = {
      "Changes tables of a real Postgres by chance while Overseer tails it, asks the server again"
          + " and again for all it has, and compares that with what Overseer says of the same"
          + " moments, value for value.",
      "",
      "The same seed makes the same sessions; how they meet depends on the machine."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:Overseer said what the server says", "1:it did not, or the run failed"})
public final class OracleCommand implements Callable<Integer> {
  private static final int SNAPSHOTS = 100;

  @Option(names = "--seed", paramLabel = "N", description = "Default: a new one, which is printed.")
  @Nullable Long seed;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "1",
      description = "How long the tables are changed. Default: ${DEFAULT-VALUE}.")
  int minutes;

  @Option(
      names = "--server",
      paramLabel = "V",
      defaultValue = "18",
      description = "The server's major version, 14 to 18. Default: ${DEFAULT-VALUE}.")
  int server;

  private OracleCommand() {}

  public static void main(String[] words) {
    System.exit(new CommandLine(new OracleCommand()).execute(words));
  }

  @Override
  public Integer call() {
    long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
    System.out.printf("oracle: Postgres %d, %d min, seed %d%n", server, minutes, chosen);
    Problems problems =
        new Campaign(
                PostgresVersion.of(server),
                chosen,
                Duration.ofMinutes(minutes),
                SNAPSHOTS,
                System.out::println)
            .run();
    if (problems.isEmpty()) {
      System.out.println("Overseer said what the server says.");
      return 0;
    }
    System.out.printf(
        "%s%nOverseer did not say what the server says; again: ./dev oracle postgres --server %d"
            + " --minutes %d --seed %d%n",
        problems, server, minutes, chosen);
    return 1;
  }
}
