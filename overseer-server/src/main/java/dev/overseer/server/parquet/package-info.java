/** The changes of an update log as a Parquet file, for those who ask in SQL. */
@NullMarked
package dev.overseer.server.parquet;

import org.jspecify.annotations.NullMarked;
