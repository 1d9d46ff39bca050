/** Keys of subjects, made, kept and destroyed. */
@NullMarked
package dev.overseer.store.keys;

import org.jspecify.annotations.NullMarked;
