/** What threads do with stages. */
@NullMarked
package dev.overseer.server.metrics;

import org.jspecify.annotations.NullMarked;
