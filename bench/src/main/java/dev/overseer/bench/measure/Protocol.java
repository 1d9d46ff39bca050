package dev.overseer.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How contenders are compared: one warm-up of each, then rounds in which all do the same work one
 * after the other, so that what slows the machine down slows all of them; the median of the rounds'
 * ratios counts. When any ratio is noisy all is done once more: what was not noisy stands as it
 * was, and the rest as it is then.
 *
 * @param rounds of each contender, after the warm-up
 * @param warmUp whether there is one
 * @param progress told a line after each run
 */
public record Protocol(int rounds, boolean warmUp, Consumer<String> progress) {
  public static final int ROUNDS_DEFAULT = 5;

  public Protocol {
    if (rounds < 1) {
      throw new IllegalArgumentException("There is nothing to compare in " + rounds + " rounds");
    }
  }

  /**
   * Lets the contenders take turns.
   *
   * @param name of the comparison
   */
  public Comparison compare(String name, List<Contender> contenders, List<Ratio> ratios) {
    if (warmUp) {
      contenders.forEach(contender -> told(name + " warm-up", contender, contender.warmUp()));
    }
    List<Attempt> attempts = new ArrayList<>(List.of(attempt(name, contenders, ratios)));
    List<String> noisy =
        ratios.stream().filter(attempts.getFirst()::isNoisy).map(Ratio::name).toList();
    if (!noisy.isEmpty()) {
      progress.accept("%s: the rounds are too far apart in %s; once more".formatted(name, noisy));
      attempts.add(attempt(name + " rerun", contenders, ratios));
    }
    return new Comparison(name, ratios, attempts);
  }

  private Attempt attempt(String name, List<Contender> contenders, List<Ratio> ratios) {
    List<Round> done = new ArrayList<>();
    for (int number = 1; number <= rounds; number++) {
      String label = "%s round %d/%d".formatted(name, number, rounds);
      Round round = new Round(contenders.stream().map(it -> told(label, it, it.run())).toList());
      ratios.forEach(
          ratio ->
              progress.accept(
                  String.format(Locale.ROOT, "%s: %s %.3f", label, ratio.name(), ratio.of(round))));
      done.add(round);
    }
    return new Attempt(done);
  }

  private Round.Run told(String label, Contender contender, Measurement measured) {
    progress.accept(
        String.format(
            Locale.ROOT,
            "%s: %s %,d in %.1f s, %,.0f/s",
            label,
            contender.name(),
            measured.work(),
            measured.seconds(),
            measured.rate()));
    return new Round.Run(contender.name(), measured);
  }
}
