/** HTTP over real ports. */
@NullMarked
package dev.overseer.server.http;

import org.jspecify.annotations.NullMarked;
