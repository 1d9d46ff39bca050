package dev.overseer.examples.exchange.demo;

import dev.overseer.examples.exchange.traffic.Plan;
import dev.overseer.examples.exchange.traffic.PlanOptions;
import dev.overseer.server.CommandContribution;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code overseer demo}. */
@Command(
    name = "demo",
    description = {
      "Shows the whole journey on two real Postgres servers that it starts and stops.",
      "",
      "A small exchange pays out withdrawals and books them in its ledger. Some are broken on"
          + " purpose, half of those healed later; a feed stalls, a server restarts, bookings are"
          + " late but in time. In the end a table says what was planted and what was found."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all that was planted was found, all that was healed resolved, and nothing else raised",
      "1:not so; the last lines say what is wrong",
      "130:interrupted"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  overseer demo", "  overseer demo --seconds 120 --rate 500 --seed 7 --keep"})
public final class Demo implements Callable<Integer> {
  private static final int SEEDS = 1_000_000;
  private static final int PERFECT = 0;
  private static final int IMPERFECT = 1;
  private static final int INTERRUPTED = 130;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "How long withdrawals are requested. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--rate",
      defaultValue = "300",
      description =
          "Withdrawals requested a second, of about three changes each. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--seed",
      description = "Decides all that happens; the same seed breaks the same. Default: by chance.")
  private @Nullable Long seed;

  @Option(names = "--keep", description = "Keep everything that was stored, and say where.")
  private boolean keep;

  /** Brings the command to the program. */
  public static final class Contribution implements CommandContribution {
    @Override
    public Object command() {
      return new Demo();
    }

    /** Its log is kept beside what is stored. */
    @Override
    public Set<String> serving() {
      return Set.of("demo");
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PlanOptions options = new PlanOptions(seconds, rate, seed == null ? anySeed() : seed);
    Terminal terminal = Terminal.ofProcess();
    terminal.line(
        "Overseer demo: %d s of an exchange with %d withdrawals a second, seed %d."
            .formatted(options.seconds(), options.rate(), options.seed()));
    try (Interruption interruption = new Interruption()) {
      return run(Plan.of(options), terminal, interruption);
    }
  }

  private int run(Plan plan, Terminal terminal, Interruption interruption)
      throws IOException, InterruptedException {
    try (DemoDirectory directory = DemoDirectory.create(keep);
        Cleanup cleanup = new Cleanup()) {
      boolean perfect = new DemoRun(plan, directory.path(), terminal, cleanup, interruption).run();
      tell(terminal, perfect, directory);
      return perfect ? PERFECT : IMPERFECT;
    } catch (Interruption.Stopped e) {
      terminal.endBlock();
      terminal.line("Stopped" + (keep ? "." : ", and everything is removed."));
      return INTERRUPTED;
    } finally {
      terminal.endBlock();
    }
  }

  private static long anySeed() {
    return ThreadLocalRandom.current().nextLong(SEEDS);
  }

  private static void tell(Terminal terminal, boolean perfect, DemoDirectory directory) {
    terminal.line("");
    terminal.line(
        perfect
            ? terminal.paint(Ink.GREEN, "Perfect: all planted found, all healed resolved, no more.")
            : terminal.paint(Ink.RED, "Not perfect: see above. The same --seed plants the same."));
    directory.whereToLook().forEach(terminal::line);
  }
}
