/** How far a check has come in source time, and what is not green up to there. */
@NullMarked
package dev.overseer.runner.coverage;

import org.jspecify.annotations.NullMarked;
