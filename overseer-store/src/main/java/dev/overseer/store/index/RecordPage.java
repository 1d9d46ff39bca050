package dev.overseer.store.index;

import dev.overseer.model.RecordKey;
import java.util.List;
import java.util.Optional;

/**
 * Some of the records of models.
 *
 * @param last where to go on, which may be a record of yet another model; empty when there are no
 *     more
 */
public record RecordPage(List<RecordKey> records, Optional<RecordKey> last) {
  public RecordPage {
    records = List.copyOf(records);
  }
}
