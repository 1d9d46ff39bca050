/**
 * Judging: a view at a cut is given to its check, and what comes of it is handed on as a finding.
 */
@NullMarked
package dev.overseer.runner.judging;

import org.jspecify.annotations.NullMarked;
