package dev.overseer.server.heartbeat;

import java.util.List;

/**
 * How Overseer is, for whoever waits to hear of it.
 *
 * @param status {@code well} or {@code failing}
 * @param at on Overseer's own clock, ISO 8601 in UTC
 * @param reasons why it is not well, for people; empty when it is
 */
public record Beat(String status, String at, List<String> reasons) {
  static final String WELL = "well";
  static final String FAILING = "failing";

  public Beat {
    reasons = List.copyOf(reasons);
  }
}
