package dev.overseer.ingestion.postgres;

import dev.overseer.model.LogOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which schema reads the changes of a relation, as a connection's Relation messages say. A streamed
 * transaction brings its own, which hold for its changes alone until it is committed; then they
 * hold for all that follow, but for relations that were described anew since they arrived.
 */
final class Relations {
  private final Map<Integer, Known> ofConnection = new HashMap<>();
  private @Nullable Map<Integer, Known> ofTransaction;
  private long arrivals;

  /**
   * @param schema empty when changes of this relation are not wanted
   */
  private record Known(long arrival, Optional<LogOffset> schema) {}

  /** The number of the message that arrives now: greater than all before. */
  long arrival() {
    return ++arrivals;
  }

  void put(int relation, long arrival, Optional<LogOffset> schema) {
    Map<Integer, Known> known = ofTransaction == null ? ofConnection : ofTransaction;
    known.put(relation, new Known(arrival, schema));
  }

  /** Null when the relation was never described. */
  @Nullable Optional<LogOffset> find(int relation) {
    Known known = ofTransaction == null ? null : ofTransaction.get(relation);
    known = known == null ? ofConnection.get(relation) : known;
    return known == null ? null : known.schema();
  }

  void beginStreamed() {
    ofTransaction = new HashMap<>();
  }

  void endStreamed() {
    if (ofTransaction != null) {
      ofTransaction.forEach(
          (relation, known) ->
              ofConnection.merge(
                  relation, known, (one, other) -> one.arrival() > other.arrival() ? one : other));
      ofTransaction = null;
    }
  }
}
