@NullMarked
package dev.overseer.server.clock;

import org.jspecify.annotations.NullMarked;
