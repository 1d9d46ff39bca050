package dev.overseer.formats.references;

import dev.overseer.model.RecordKey;
import java.util.Collections;
import java.util.List;
import java.util.SequencedSet;

/**
 * Where one reference of a row points.
 *
 * @param targets those that can be told, in the order of the row, each once; none where the row
 *     says that there is none
 * @param untold why there may be others, each once; empty when {@code targets} are all
 */
public record Pointing(SequencedSet<RecordKey> targets, List<String> untold) {
  public Pointing {
    targets = Collections.unmodifiableSequencedSet(targets);
    untold = List.copyOf(untold);
  }
}
