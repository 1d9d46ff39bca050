package dev.overseer.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How two contenders are compared: one warm-up of each, then rounds in which both do the same work
 * one after the other, so that what slows the machine down slows both; the median of the rounds'
 * ratios is judged. A noisy comparison is made once more, and then stands.
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

  /** Every attempt in order; the last one counts. */
  public List<Comparison> compare(Bar bar, Contender limit, Contender contender) {
    if (warmUp) {
      run("warm-up", limit);
      run("warm-up", contender);
    }
    Comparison first = attempt(bar, limit, contender, false);
    if (first.standing() != Bar.Standing.NOISY) {
      return List.of(first);
    }
    progress.accept(
        String.format(
            Locale.ROOT,
            "%s: ratios %.0f %% apart; once more",
            bar.name(),
            first.ratios().relative() * 100));
    return List.of(first, attempt(bar, limit, contender, true));
  }

  private Comparison attempt(Bar bar, Contender limit, Contender contender, boolean rerun) {
    List<Round> done = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      String label = "%s round %d/%d".formatted(bar.name(), round, rounds);
      done.add(new Round(run(label, limit), run(label, contender)));
      progress.accept(String.format(Locale.ROOT, "%s: ratio %.3f", label, done.getLast().ratio()));
    }
    return new Comparison(bar, limit.name(), contender.name(), done, rerun);
  }

  private Measurement run(String label, Contender contender) {
    Measurement measured = contender.run();
    progress.accept(
        String.format(
            Locale.ROOT,
            "%s: %s %,d in %.1f s, %,.0f/s",
            label,
            contender.name(),
            measured.work(),
            measured.seconds(),
            measured.rate()));
    return measured;
  }
}
