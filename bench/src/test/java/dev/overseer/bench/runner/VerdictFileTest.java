package dev.overseer.bench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.bench.runner.VerdictFile.Tally;
import dev.overseer.checks.DefinitionHash;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictFileTest {
  private static final Verdict ONE = verdict(1, 10, Outcome.passed());
  private static final Verdict OTHER =
      verdict(2, 20, Outcome.failed("wrong-amount", "Another amount", 1, 2));

  @TempDir Path directory;

  @Test
  void the_same_verdicts_in_another_order_and_in_several_files_come_to_the_same() {
    Tally together = Tally.of(List.of(write("both", ONE, OTHER)));
    assertThat(Tally.of(List.of(write("b", OTHER), write("a", ONE)))).isEqualTo(together);
    assertThat(together.verdicts()).isEqualTo(2);
    assertThat(together.passed()).isEqualTo(1);
  }

  @Test
  void another_cut_or_outcome_comes_to_something_else() {
    Tally tally = Tally.of(List.of(write("one", ONE)));
    assertThat(Tally.of(List.of(write("later", verdict(1, 11, Outcome.passed())))))
        .isNotEqualTo(tally);
    assertThat(Tally.of(List.of(write("not", verdict(1, 10, Outcome.notApplicable("no root"))))))
        .isNotEqualTo(tally);
  }

  @Test
  void contenders_that_judged_otherwise_are_no_peers() {
    Verdicts verdicts = new Verdicts(_ -> {});
    verdicts.of("overseer", new Tally(2, 1, 3));
    verdicts.of("flink", new Tally(2, 1, 3));
    assertThatThrownBy(() -> verdicts.of("flink", new Tally(2, 1, 4)))
        .isInstanceOf(IllegalStateException.class);
  }

  private Path write(String name, Verdict... verdicts) {
    Path file = directory.resolve(name);
    try (VerdictFile out = new VerdictFile(file, 5)) {
      List.of(verdicts).forEach(out::add);
    }
    return file;
  }

  private static Verdict verdict(long root, long cut, Outcome outcome) {
    return new Verdict(
        new CheckName("booked"),
        new DefinitionHash("00"),
        RecordKey.of(new ModelName("withdrawal"), new UUID(0, root).toString()),
        new EffectiveTime(cut - 1),
        new EffectiveTime(cut),
        new Verdict.Completeness.Complete(),
        outcome);
  }
}
