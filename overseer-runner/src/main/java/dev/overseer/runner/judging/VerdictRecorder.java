package dev.overseer.runner.judging;

import dev.overseer.model.LogOffset;
import java.util.List;

/**
 * Where findings become verdicts on record, with all that follows from them. The runner records,
 * syncs, and only then writes its checkpoint with the end that the sync gave.
 *
 * <p>After a crash the runner judges again what lies between its checkpoint and the journal's end:
 * a verdict that is on record already changes nothing when it is recorded again.
 */
public interface VerdictRecorder {

  /**
   * Puts the findings on record in this order: after a crash all of them are there or none. Not
   * durable before {@link #sync}.
   *
   * @throws dev.overseer.model.Unavailable when the journal cannot be written
   */
  void record(List<Finding> findings);

  /**
   * Makes everything recorded durable.
   *
   * @return the journal's end, for the checkpoint
   * @throws dev.overseer.model.Unavailable when the disk refuses
   */
  LogOffset sync();
}
