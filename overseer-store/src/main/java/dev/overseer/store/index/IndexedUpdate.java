package dev.overseer.store.index;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;

/**
 * Where one update of a record is.
 *
 * @param change the offset of the change in the log
 * @param commit the offset of its transaction's commit
 * @param role under which of the change's keys the record was looked up
 */
public record IndexedUpdate(
    EffectiveTime effectiveTime,
    LogOffset change,
    LogOffset commit,
    Operation operation,
    Role role) {}
