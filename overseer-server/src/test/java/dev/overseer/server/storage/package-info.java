@NullMarked
package dev.overseer.server.storage;

import org.jspecify.annotations.NullMarked;
