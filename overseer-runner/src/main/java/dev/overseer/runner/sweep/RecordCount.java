package dev.overseer.runner.sweep;

import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.store.index.RecordPage;
import dev.overseer.store.index.UpdateIndex;
import java.util.Optional;
import java.util.Set;

/** Counts the records a stretch at a time, ahead of the sweep, which looks at each of them. */
final class RecordCount {
  private static final int ENTRIES_MAX = 5000;

  private final UpdateIndex index;
  private final Set<ModelName> models;
  private Optional<RecordKey> after = Optional.empty();
  private long counted;
  private boolean whole;

  RecordCount(UpdateIndex index, Set<ModelName> models) {
    this.index = index;
    this.models = models;
  }

  void goOn() {
    if (!whole) {
      RecordPage page = index.records(models, after, ENTRIES_MAX);
      counted += page.records().size();
      after = page.last();
      whole = after.isEmpty();
    }
  }

  long counted() {
    return counted;
  }

  boolean isWhole() {
    return whole;
  }
}
