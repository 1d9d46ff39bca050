/**
 * What is stored in place of personal values: keyed hashes, and values encrypted under keys of
 * their subjects, which can be destroyed. {@code docs/reference/personal-data.md} tells what that
 * guarantees, and what not.
 */
@NullMarked
package dev.overseer.store.keys;

import org.jspecify.annotations.NullMarked;
