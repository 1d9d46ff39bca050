/** The house rules that a compiler cannot see, as tests over the classes of every module. */
@NullMarked
package dev.overseer.architecture;

import org.jspecify.annotations.NullMarked;
