/** Files, as what must outlive a crash needs them: whole or not at all, and durably. */
@NullMarked
package dev.overseer.store.disk;

import org.jspecify.annotations.NullMarked;
