/** SQL tables made of a journal, compared with the books made of the same. */
@NullMarked
package dev.overseer.runner.projection;

import org.jspecify.annotations.NullMarked;
