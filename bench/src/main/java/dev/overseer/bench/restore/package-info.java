/** How fast a lost machine's log comes back from its bucket. */
@NullMarked
package dev.overseer.bench.restore;

import org.jspecify.annotations.NullMarked;
