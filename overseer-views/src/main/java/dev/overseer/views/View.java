package dev.overseer.views;

import dev.overseer.model.AsOf;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.ViewDefinition;
import dev.overseer.store.index.IndexedUpdate;
import java.util.List;
import java.util.Map;

/**
 * A root and its members at one cut: for every source, the effect of whole transactions in commit
 * order.
 *
 * @param members for every alias of the definition's joins, those present at the cut, in the order
 *     of their keys
 */
public record View(
    ViewDefinition definition, AsOf asOf, Member root, Map<String, List<Member>> members) {

  /**
   * One record of the view.
   *
   * @param updates those that its state was folded from, in source order
   */
  public record Member(RecordKey key, RecordState state, List<IndexedUpdate> updates) {}
}
