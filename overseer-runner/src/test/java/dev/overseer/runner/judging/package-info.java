/** What becomes of calls into code that is not ours. */
@NullMarked
package dev.overseer.runner.judging;

import org.jspecify.annotations.NullMarked;
