package dev.overseer.server.desk;

import java.util.List;

/**
 * Some of the rows that were asked for.
 *
 * @param total how many there are of them all
 */
public record Page<T>(List<T> items, int offset, int total) {
  public Page {
    items = List.copyOf(items);
  }
}
