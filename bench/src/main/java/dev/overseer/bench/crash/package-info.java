/**
 * A campaign that kills Overseer again and again under load, and then asks whether anything was
 * lost or doubled. What is true is known from the load alone; what Overseer made of it is read from
 * its two logs, from what its webhook sent, and from a replay.
 */
@NullMarked
package dev.overseer.bench.crash;

import org.jspecify.annotations.NullMarked;
