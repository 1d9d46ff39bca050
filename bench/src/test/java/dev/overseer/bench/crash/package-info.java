/** Tests that the load tells the truth, and that the audits see what is lost or doubled. */
@NullMarked
package dev.overseer.bench.crash;

import org.jspecify.annotations.NullMarked;
