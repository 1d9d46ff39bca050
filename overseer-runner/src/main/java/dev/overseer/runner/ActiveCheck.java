package dev.overseer.runner;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.DefinitionHash;
import dev.overseer.model.EffectiveTime;

/**
 * A check under the definition that is on record as its current one.
 *
 * @param from triggers before this are ignored
 */
public record ActiveCheck(
    CheckDefinition<?> check, DefinitionHash definition, EffectiveTime from) {}
