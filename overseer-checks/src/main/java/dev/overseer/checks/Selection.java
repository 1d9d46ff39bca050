package dev.overseer.checks;

import dev.overseer.model.Operation;

/** Whether an update triggers the check. Pure; asked once for each update and alias. */
@FunctionalInterface
public interface Selection {

  /** Every change triggers; rows that a snapshot found do not. */
  Selection EVERY_UPDATE = (alias, operation) -> operation != Operation.SNAPSHOT;

  boolean triggers(String alias, Operation operation);
}
