/**
 * Tails Postgres 14 and later: logical replication with pgoutput over the driver's raw copy stream.
 *
 * <p>{@link dev.overseer.ingestion.postgres.PostgresSource} is the configuration, {@link
 * dev.overseer.ingestion.postgres.PostgresUpstream} what ingestion tails, {@link
 * dev.overseer.ingestion.postgres.PostgresClock} what the watermark of an idle database is read
 * from. The only package that knows the driver.
 */
@NullMarked
package dev.overseer.ingestion.postgres;

import org.jspecify.annotations.NullMarked;
