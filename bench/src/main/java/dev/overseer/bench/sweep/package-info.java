/**
 * A sweep of very many roots: how fast it is, how much memory it takes, and what it costs the
 * judgements that come meanwhile.
 */
@NullMarked
package dev.overseer.bench.sweep;

import org.jspecify.annotations.NullMarked;
