/** Tests that processes are watched without being disturbed. */
@NullMarked
package dev.overseer.bench.process;

import org.jspecify.annotations.NullMarked;
