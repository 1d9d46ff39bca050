/**
 * What is stored in place of personal values: keyed hashes. {@code docs/reference/personal-data.md}
 * tells what that guarantees, and what not.
 */
@NullMarked
package dev.overseer.store.keys;

import org.jspecify.annotations.NullMarked;
