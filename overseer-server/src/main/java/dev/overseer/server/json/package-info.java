/** The one place that says how JSON is written and read: exact decimals, as text. */
@NullMarked
package dev.overseer.server.json;

import org.jspecify.annotations.NullMarked;
