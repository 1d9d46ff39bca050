/** Tests of sweeps as the journal tells them. */
@NullMarked
package dev.overseer.runner.sweep;

import org.jspecify.annotations.NullMarked;
