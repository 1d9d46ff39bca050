/** A desk whose content tests choose. */
@NullMarked
package dev.overseer.server.desk;

import org.jspecify.annotations.NullMarked;
