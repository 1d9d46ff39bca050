package dev.overseer.views;

import dev.overseer.model.AsOf;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.ViewDefinition;
import dev.overseer.store.index.IndexedUpdate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A root and its members at one cut: for every source, the effect of whole transactions in commit
 * order.
 *
 * @param members for every alias of the definition's joins, those present at the cut (and those of
 *     which that cannot be told), in the order of their keys
 * @param totals for every alias of the definition's totals, what they come to, the latest window
 *     last
 */
public record View(
    ViewDefinition definition,
    AsOf asOf,
    Member root,
    Map<String, List<Member>> members,
    Map<String, List<TotalReading>> totals) {

  /** Without totals. */
  public View(
      ViewDefinition definition, AsOf asOf, Member root, Map<String, List<Member>> members) {
    this(definition, asOf, root, members, Map.of());
  }

  /** The keys of the root and of all members. */
  public Set<RecordKey> records() {
    Set<RecordKey> records = new TreeSet<>(Set.of(root.key()));
    members.values().forEach(joined -> joined.forEach(member -> records.add(member.key())));
    return records;
  }

  /**
   * One record of the view.
   *
   * @param state {@link RecordState.Unreadable} also where not even the membership of a record that
   *     once was a member can be told
   * @param updates all of its updates up to the cut, and the truncations of its table since the
   *     first of them, in source order; for a long record read at the first look, which fails with
   *     {@link ViewTooLarge} where they are more than {@link ViewLimits} allows
   */
  public record Member(RecordKey key, RecordState state, List<IndexedUpdate> updates) {}
}
