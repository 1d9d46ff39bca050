/** Follows the guides of the documentation by their own snippets. */
@NullMarked
package dev.overseer.examples.guide;

import org.jspecify.annotations.NullMarked;
