package dev.overseer.ingestion;

import dev.overseer.model.Lsn;
import dev.overseer.model.SourcePosition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/** What a database of a test's making has sent, and nobody has taken yet. */
final class Arrivals {
  private final Deque<Arrival> waiting = new ArrayDeque<>();

  private record Arrival(Optional<Lsn> commit, Consumer<StreamReceiver> hand) {}

  /** Begins a transaction that was committed there. */
  void begin(Lsn commit, Consumer<StreamReceiver> hand) {
    waiting.add(new Arrival(Optional.of(commit), hand));
  }

  void add(Consumer<StreamReceiver> hand) {
    waiting.add(new Arrival(Optional.empty(), hand));
  }

  void clear() {
    waiting.clear();
  }

  boolean isHeld(SourcePosition until) {
    return !waiting.isEmpty()
        && waiting.peek().commit().filter(commit -> Positions.reached(commit, until)).isPresent();
  }

  /** False when there is nothing, or what there is was committed too late. */
  boolean handOver(StreamReceiver into, SourcePosition until) {
    if (waiting.isEmpty() || isHeld(until)) {
      return false;
    }
    waiting.remove().hand().accept(into);
    return true;
  }
}
