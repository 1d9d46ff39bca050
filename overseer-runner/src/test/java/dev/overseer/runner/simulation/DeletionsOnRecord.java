package dev.overseer.runner.simulation;

import dev.overseer.model.LogOffset;
import dev.overseer.store.log.Sha256;
import dev.overseer.store.retention.Deletion;
import dev.overseer.store.retention.DeletionRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a journal says of deletions, which outlives every process. */
final class DeletionsOnRecord implements DeletionRecords {
  final List<Deletion> all = new ArrayList<>();

  boolean has(LogOffset first, int generation, Sha256 sha256) {
    return all.stream()
        .anyMatch(
            it ->
                it.first().equals(first)
                    && it.generation() == generation
                    && it.after().equals(sha256));
  }

  @Override
  public void put(Deletion deletion) {
    all.add(deletion);
  }

  @Override
  public boolean areSafe() {
    return true;
  }

  @Override
  public Optional<Deletion> last() {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }
}
