package dev.overseer.runner.simulation;

import dev.overseer.model.LogOffset;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.judging.VerdictRecorder;
import java.util.List;
import java.util.Random;

/** A recorder under which the process dies now and then, before and after what it does. */
record DyingRecorder(VerdictRecorder recorder, Random random) implements VerdictRecorder {
  private static final int ONE_IN = 60;

  @Override
  public void record(List<Finding> findings) {
    maybeDie();
    recorder.record(findings);
    maybeDie();
  }

  @Override
  public LogOffset sync() {
    LogOffset end = recorder.sync();
    maybeDie();
    return end;
  }

  private void maybeDie() {
    if (random.nextInt(ONE_IN) == 0) {
      throw new Killed();
    }
  }
}
