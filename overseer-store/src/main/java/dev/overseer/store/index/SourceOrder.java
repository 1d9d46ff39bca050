package dev.overseer.store.index;

import dev.overseer.model.AsOf;
import java.util.List;

/** Updates of one source in its order: by effective time, and so by their place in the log. */
final class SourceOrder {
  private SourceOrder() {}

  /** What the cut includes and was known then comes before whatever is or was not. */
  static List<IndexedUpdate> upTo(AsOf asOf, List<IndexedUpdate> updates) {
    if (updates instanceof UpdateList list) {
      return list.upTo(asOf);
    }
    int low = 0;
    int high = updates.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isWithin(asOf, updates.get(middle))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == updates.size() ? updates : updates.subList(0, low);
  }

  private static boolean isWithin(AsOf asOf, IndexedUpdate update) {
    return !update.effectiveTime().isAfter(asOf.cut())
        && update.commit().compareTo(asOf.knownAt()) < 0;
  }
}
