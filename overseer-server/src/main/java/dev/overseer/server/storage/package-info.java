/** The disks that everything is stored on, and what is done while one of them takes nothing. */
@NullMarked
package dev.overseer.server.storage;

import org.jspecify.annotations.NullMarked;
