package dev.overseer.views;

import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.ViewDefinition;
import dev.overseer.store.index.IndexedUpdate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads records and views as of a time. Never blocks intake; safe for many threads. */
public interface ViewReader {

  RecordState stateAsOf(RecordKey record, AsOf asOf);

  /** What that state was folded from, in source order; truncations of its table included. */
  List<IndexedUpdate> updatesAsOf(RecordKey record, AsOf asOf);

  /**
   * The state after some of those updates: the first ones of them, up to any.
   *
   * @param asOf that the updates were read as of
   */
  RecordState stateAfter(RecordKey record, AsOf asOf, List<IndexedUpdate> updates);

  /**
   * For each column of a present record whose value is known, the update that sent it: the last
   * one, or, where that left the value out, an earlier one, which may be of the key that the record
   * had then.
   */
  Map<String, IndexedUpdate> originsAsOf(RecordKey record, AsOf asOf);

  /**
   * The root is in the view whatever its state; the caller decides what its absence means.
   *
   * @throws UnknownValue when a member is named by a value that is not known at the cut
   * @throws ViewTooLarge when there is more to read than {@link ViewLimits} allows
   */
  View viewAsOf(ViewDefinition definition, RecordKey root, AsOf asOf);

  /**
   * The same, where a member that is named by a value that is not known is no failure: what can be
   * told is.
   */
  ToldView toldAsOf(ViewDefinition definition, RecordKey root, AsOf asOf);

  /**
   * Records that a reference, of whatever time, proposes for the view, and that are not in it at
   * its cut; the first {@code max} of them.
   */
  List<NonMember> nonMembers(View view, int max);

  /**
   * The roots in whose view {@code record}, of the alias's model, is under {@code alias} at any of
   * {@code cuts}, which ascend. Final once every source of the view is known beyond the last.
   */
  Set<RecordKey> rootsOf(
      ViewDefinition definition, String alias, RecordKey record, List<EffectiveTime> cuts);
}
