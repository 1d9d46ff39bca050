package dev.overseer.runner.projection;

import java.util.List;

/**
 * Some of the rows that were asked for.
 *
 * @param total how many there are of them all
 */
public record RowPage<T>(List<T> rows, int offset, int total) {
  public RowPage {
    rows = List.copyOf(rows);
  }
}
