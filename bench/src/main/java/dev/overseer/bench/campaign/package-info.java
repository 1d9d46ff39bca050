/** What campaigns share: long runs that end with questions, and with what is wrong, if anything. */
@NullMarked
package dev.overseer.bench.campaign;

import org.jspecify.annotations.NullMarked;
