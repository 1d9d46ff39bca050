/** The configured databases as ingestion takes them, and what becomes of their troubles. */
@NullMarked
package dev.overseer.server.sources;

import org.jspecify.annotations.NullMarked;
