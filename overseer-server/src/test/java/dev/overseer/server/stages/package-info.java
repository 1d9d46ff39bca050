/** What threads do with stages. */
@NullMarked
package dev.overseer.server.stages;

import org.jspecify.annotations.NullMarked;
