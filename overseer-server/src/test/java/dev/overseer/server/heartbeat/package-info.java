/** The heartbeat, heard by a real HTTP server. */
@NullMarked
package dev.overseer.server.heartbeat;

import org.jspecify.annotations.NullMarked;
