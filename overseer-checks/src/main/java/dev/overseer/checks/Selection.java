package dev.overseer.checks;

import dev.overseer.model.Operation;

/** Whether an update triggers the check. Pure; asked once for each update and alias. */
@FunctionalInterface
public interface Selection {

  /** Every change triggers; rows that existed before do not. */
  Selection EVERY_UPDATE = (alias, operation) -> operation != Operation.SNAPSHOT;

  /**
   * @param operation {@link Operation#SNAPSHOT} for the rows that exist when all tables of the view
   *     have become known, which is when those trigger
   */
  boolean triggers(String alias, Operation operation);

  /** The same, and rows that existed before trigger too. */
  default Selection orExistingRows() {
    return (alias, operation) -> operation == Operation.SNAPSHOT || triggers(alias, operation);
  }
}
