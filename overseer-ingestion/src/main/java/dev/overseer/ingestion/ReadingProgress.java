package dev.overseer.ingestion;

import dev.overseer.model.TableName;
import java.time.Duration;
import java.util.Optional;

/**
 * How far the reading of a source's existing rows has come.
 *
 * @param table which is being read
 * @param rows of it that were placed
 * @param rowsEstimated how many it has, as the source estimates it; empty when it does not
 * @param left how long it will take by that estimate, at the pace of this table so far
 * @param tablesLeft this one, and those whose turn comes after it
 * @param hindrance why no rows come; empty when they do
 */
public record ReadingProgress(
    TableName table,
    long rows,
    Optional<Long> rowsEstimated,
    Optional<Duration> left,
    int tablesLeft,
    Optional<String> hindrance) {}
