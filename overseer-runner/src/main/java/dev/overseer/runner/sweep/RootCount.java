package dev.overseer.runner.sweep;

import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.store.index.RecordPage;
import dev.overseer.store.index.UpdateIndex;
import java.util.Optional;

/** Counts the roots a stretch at a time, ahead of the sweep, which looks at each of them. */
final class RootCount {
  private static final int ENTRIES_MAX = 5000;

  private final UpdateIndex index;
  private final ModelName model;
  private Optional<RecordKey> after = Optional.empty();
  private long counted;
  private boolean whole;

  RootCount(UpdateIndex index, ModelName model) {
    this.index = index;
    this.model = model;
  }

  void goOn() {
    if (!whole) {
      RecordPage page = index.records(model, after, ENTRIES_MAX);
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
