/**
 * Violations: one for each check and root that failed. Opened, changed and healed by complete
 * verdicts, acted on by people, and known from the journal alone.
 */
@NullMarked
package dev.overseer.runner.violations;

import org.jspecify.annotations.NullMarked;
