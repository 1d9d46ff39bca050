@NullMarked
package dev.overseer.server.transcript;

import org.jspecify.annotations.NullMarked;
