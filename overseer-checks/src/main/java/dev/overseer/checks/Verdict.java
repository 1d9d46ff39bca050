package dev.overseer.checks;

import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import java.util.List;

/**
 * A recorded judgement. A complete one depends only on the sources' substreams of the log and on
 * the definition: judged again, it is the same.
 *
 * @param trigger effective time of the update that asked for it
 * @param cut the effective time, inclusive, at which the view was judged
 */
public record Verdict(
    CheckName check,
    DefinitionHash definition,
    RecordKey root,
    EffectiveTime trigger,
    EffectiveTime cut,
    Completeness completeness,
    Outcome outcome) {

  /** Whether every source of the view was heard beyond the cut. */
  public sealed interface Completeness {
    record Complete() implements Completeness {}

    /** Judged before these sources were heard; a complete verdict follows. */
    record Provisional(List<SourceName> stale) implements Completeness {
      public Provisional {
        stale = List.copyOf(stale);
      }
    }
  }

  public boolean isComplete() {
    return completeness instanceof Completeness.Complete;
  }
}
