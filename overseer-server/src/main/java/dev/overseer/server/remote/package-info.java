/** The desk of a server that runs in another process, found by the file in its data directory. */
@NullMarked
package dev.overseer.server.remote;

import org.jspecify.annotations.NullMarked;
