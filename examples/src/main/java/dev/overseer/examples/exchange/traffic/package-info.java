/**
 * The exchange at work: a plan made of a seed, in which it is known what is broken on purpose, and
 * what drives both databases through it.
 */
@NullMarked
package dev.overseer.examples.exchange.traffic;

import org.jspecify.annotations.NullMarked;
