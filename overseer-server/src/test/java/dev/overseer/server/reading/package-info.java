@NullMarked
package dev.overseer.server.reading;

import org.jspecify.annotations.NullMarked;
