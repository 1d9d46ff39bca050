/**
 * Which roots a change concerns: what can be told from the change alone is told as it arrives, the
 * rest is left to be asked once all sources of the view are known.
 */
@NullMarked
package dev.overseer.runner.selection;

import org.jspecify.annotations.NullMarked;
