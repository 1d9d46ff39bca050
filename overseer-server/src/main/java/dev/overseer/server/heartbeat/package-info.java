/** What Overseer tells of itself, so that its silence is heard. */
@NullMarked
package dev.overseer.server.heartbeat;

import org.jspecify.annotations.NullMarked;
