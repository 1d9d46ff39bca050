@NullMarked
package dev.overseer.server.parquet;

import org.jspecify.annotations.NullMarked;
