package dev.overseer.runner.judging;

import dev.overseer.model.LogOffset;
import java.util.List;

/**
 * Where findings become verdicts on record, with all that follows from them. The runner records,
 * syncs, and only then writes its checkpoint, with the offset that the sync gave.
 *
 * <p>After a crash the runner judges again what lies between its checkpoint and the journal's end:
 * a verdict that is on record already changes nothing when it is recorded again.
 */
public interface VerdictRecorder {

  /**
   * Puts the findings on record in this order. After a crash some of them are there, each with all
   * that follows from it. Not durable before {@link #sync}.
   *
   * @throws dev.overseer.model.Unavailable when the journal cannot be written
   */
  void record(List<Finding> findings);

  /**
   * Makes everything recorded durable.
   *
   * @return from where the journal must be read after a crash to know what is on record beyond the
   *     checkpoint: mostly its end. It belongs into the checkpoint, and to the next recorder.
   * @throws dev.overseer.model.Unavailable when the disk refuses
   */
  LogOffset sync();
}
