package dev.overseer.runner.backtest;

import dev.overseer.model.LogOffset;
import java.util.List;

/**
 * A stretch of the log as it was read.
 *
 * @param end everything before this offset was read, with this stretch
 */
record Stretch(List<Step> steps, LogOffset end) {}
