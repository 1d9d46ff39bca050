/** What becomes of troubled sources. */
@NullMarked
package dev.overseer.server.sources;

import org.jspecify.annotations.NullMarked;
