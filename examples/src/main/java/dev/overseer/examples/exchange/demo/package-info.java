/**
 * {@code overseer demo}: the exchange on two real Postgres servers, watched by Overseer, and the
 * truth about what was found.
 */
@NullMarked
package dev.overseer.examples.exchange.demo;

import org.jspecify.annotations.NullMarked;
