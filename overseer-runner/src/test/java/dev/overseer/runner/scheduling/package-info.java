/** What the agenda promises: order, and that nothing is lost between memory and store. */
@NullMarked
package dev.overseer.runner.scheduling;

import org.jspecify.annotations.NullMarked;
