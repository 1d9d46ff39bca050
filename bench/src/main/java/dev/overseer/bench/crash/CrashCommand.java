package dev.overseer.bench.crash;

import dev.overseer.bench.campaign.Problems;
import dev.overseer.bench.crash.Campaign.Plan;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./dev crash}. */
@Command(
    name = "./dev crash",
    mixinStandardHelpOptions = true,
    description = {
      "Kills Overseer (SIGKILL) at random moments while two databases change, restarts it, and in"
          + " the end asks whether any update, verdict, violation or delivery was lost or doubled.",
      "",
      "With --wipe Overseer keeps its logs in a bucket, whose server fails again and again, and"
          + " many a kill takes the data directory with it: then it comes back from the bucket"
          + " alone.",
      "",
      "The same seed kills after the same delays; what the process is doing then depends on the"
          + " machine."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:nothing was lost or doubled", "1:something was, or the campaign failed"})
public final class CrashCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "N",
      defaultValue = "20",
      description = "How often to kill. Default: ${DEFAULT-VALUE}.")
  int kills;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Default: a new one, which is printed.")
  @Nullable Long seed;

  @Option(names = "--wipe", description = "Lose the machine with its disk, not the process alone.")
  boolean wipe;

  private CrashCommand() {}

  public static void main(String[] words) {
    System.exit(new CommandLine(new CrashCommand()).execute(words));
  }

  @Override
  public Integer call() {
    long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
    Plan plan = new Plan(kills, chosen, wipe ? Loss.MACHINE : Loss.PROCESS);
    System.out.printf("crash campaign: %d kills, seed %d%n", kills, chosen);
    Path home = Path.of(System.getProperty("overseer.home", "")).toAbsolutePath();
    Problems problems = new Campaign(home, plan, System.out::println).run();
    if (problems.isEmpty()) {
      System.out.println("Nothing was lost or doubled.");
      return 0;
    }
    System.out.printf(
        "%s%nSomething was lost or doubled; again: ./dev crash %d --seed %d%s%n",
        problems, kills, chosen, wipe ? " --wipe" : "");
    return 1;
  }
}
