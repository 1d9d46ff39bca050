package dev.overseer.checks;

import dev.overseer.model.CheckName;
import dev.overseer.model.Operation;
import dev.overseer.model.ViewName;
import java.time.Duration;
import java.util.Set;

/**
 * A declared check, every stage decided.
 *
 * @param triggeringAliases empty: all of the view's
 * @param waitMax in arrival time
 */
public record CheckDefinition<V>(
    CheckName name,
    String version,
    ViewName view,
    Class<V> viewType,
    Translation<V> translation,
    Set<String> triggeringAliases,
    Selection selection,
    ExecutionStrategy strategy,
    Orphans orphans,
    Inputs inputs,
    CheckLimits limits,
    Duration waitMax,
    Provisional provisional,
    Escalation escalation,
    Check<V> check) {
  public CheckDefinition {
    triggeringAliases = Set.copyOf(triggeringAliases);
    Durations.requireNotNegative("waitMax", waitMax);
  }

  /** Whether such an update of a record under the alias triggers the check. */
  public boolean isTriggeredBy(String alias, Operation operation) {
    return (triggeringAliases.isEmpty() || triggeringAliases.contains(alias))
        && selection.triggers(alias, operation);
  }

  /** The same, whose views are handed to {@code other}: what stands before the author's check. */
  public CheckDefinition<V> judgedBy(Check<V> other) {
    return new CheckDefinition<>(
        name,
        version,
        view,
        viewType,
        translation,
        triggeringAliases,
        selection,
        strategy,
        orphans,
        inputs,
        limits,
        waitMax,
        provisional,
        escalation,
        other);
  }
}
