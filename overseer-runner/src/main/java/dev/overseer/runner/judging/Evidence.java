package dev.overseer.runner.judging;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.UpdateId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a verdict rests on.
 *
 * @param updates those that the view's records were folded from, in the order of effective time and
 *     log offset; the latest {@link #UPDATES_MAX}
 * @param updatesLeftOut how many earlier ones there were beside them
 * @param positions how far each of the view's sources had come at the cut
 */
public record Evidence(
    List<Update> updates,
    int updatesLeftOut,
    Map<SourceName, SourcePosition> positions,
    Decider decider) {
  public static final int UPDATES_MAX = 200;

  public Evidence {
    updates = List.copyOf(updates);
    positions = Map.copyOf(positions);
  }

  /**
   * One update that the verdict rests on.
   *
   * @param change where it is in the update log
   * @param commitTime on its source's own clock
   */
  public record Update(
      RecordKey record,
      UpdateId id,
      Operation operation,
      LogOffset change,
      EffectiveTime effectiveTime,
      Instant commitTime) {}

  /** What made the verdict due. */
  public sealed interface Decider {

    /**
     * The latest update in the view.
     *
     * @param commitTime on its source's own clock
     */
    record LatestUpdate(EffectiveTime effectiveTime, Instant commitTime) implements Decider {}

    /** That nothing came until the cut. */
    record Deadline() implements Decider {}
  }
}
