package dev.overseer.bench.runner;

import dev.overseer.bench.runner.VerdictFile.Tally;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sees to it that all contenders come to the same verdicts, at every run. */
final class Verdicts {
  private final Consumer<String> progress;
  private @Nullable Tally first;

  Verdicts(Consumer<String> progress) {
    this.progress = progress;
  }

  void of(String contender, Tally tally) {
    if (first == null) {
      first = tally;
      progress.accept(
          "%,d verdicts, of which %,d passed".formatted(tally.verdicts(), tally.passed()));
    }
    if (!tally.equals(first)) {
      throw new IllegalStateException(
          "%s judged %s, and whoever came first %s".formatted(contender, tally, first));
    }
  }
}
