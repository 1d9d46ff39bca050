package dev.overseer.runner.sweep;

import java.util.Optional;

/**
 * How a sweep stands in this process.
 *
 * @param records how many there are to look at; a part of them while they are being counted
 * @param isCounted whether they all are
 * @param held why it waits, for people
 */
public record SweepStanding(long records, boolean isCounted, Optional<String> held) {
  static final SweepStanding UNKNOWN = new SweepStanding(0, false, Optional.empty());
}
