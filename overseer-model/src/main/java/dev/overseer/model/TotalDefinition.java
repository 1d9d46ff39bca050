package dev.overseer.model;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is summed and counted: records of a model, by the values of some of their columns and mostly
 * by a window of time; and which of these sums a root sees.
 *
 * @param columns of the members, by whose values they are told apart
 * @param root the model of the roots that see it
 * @param rootColumns of the roots, whose values must equal those of {@code columns}, in their order
 * @param sum the column that is summed; without one, members are only counted
 * @param per the column by whose values sums are kept apart, a currency mostly
 * @param where for each column the texts of which its value must be one for a record to count
 * @param windows without them a root sees all of its members, whenever they are of
 */
public record TotalDefinition(
    ModelName model,
    List<String> columns,
    ModelName root,
    List<String> rootColumns,
    Optional<String> sum,
    Optional<String> per,
    Map<String, List<String>> where,
    Optional<Windows> windows) {
  public TotalDefinition {
    columns = List.copyOf(columns);
    rootColumns = List.copyOf(rootColumns);
    where = Map.copyOf(where);
    if (columns.isEmpty() || columns.size() != rootColumns.size()) {
      throw new InvalidRequest(
          "A total of '%s' is by %s, and its roots know %s".formatted(model, columns, rootColumns));
    }
  }

  /**
   * The windows that members are sorted into.
   *
   * @param column of the members, that says when they are of
   */
  public record Windows(String column, WindowUnit of, ZoneId zone, Seen seen) {}

  /** Which windows a root sees. */
  public sealed interface Seen {

    /** The one that contains the time in a column of the root. */
    record AtColumn(String rootColumn) implements Seen {}

    /**
     * The one that contains the cut, and those before it.
     *
     * @param count how many in all
     */
    record Latest(int count) implements Seen {
      public Latest {
        if (count < 1) {
          throw new InvalidRequest("A root sees at least one window, not " + count);
        }
      }
    }
  }

  /**
   * Whether a root's key alone says what it sees, so that there may be such a root that was never
   * seen.
   *
   * @param rootKey the columns of the roots' key
   */
  public boolean isByKey(List<String> rootKey) {
    return windowColumn().isEmpty() && Set.copyOf(rootColumns).equals(Set.copyOf(rootKey));
  }

  /** The root's own column, if it says which window the root sees. */
  public Optional<String> windowColumn() {
    return windows
        .map(Windows::seen)
        .filter(Seen.AtColumn.class::isInstance)
        .map(seen -> ((Seen.AtColumn) seen).rootColumn());
  }

  /** How many windows the root sees because of the time at which it is looked at. */
  public Optional<Integer> latestWindows() {
    return windows
        .map(Windows::seen)
        .filter(Seen.Latest.class::isInstance)
        .map(seen -> ((Seen.Latest) seen).count());
  }

  /** All that decides what is kept of the members, in one canonical text. */
  public String keptText() {
    return "total of %s by %s for %s by %s, sum %s, per %s, where %s, windows %s"
        .formatted(
            model,
            columns,
            root,
            rootColumns,
            sum.orElse("nothing"),
            per.orElse("nothing"),
            new TreeMap<>(where)
                .entrySet().stream()
                    .map(it -> it.getKey() + " in " + it.getValue())
                    .collect(Collectors.joining(", ", "{", "}")),
            windows
                .map(
                    it ->
                        "%s of %s in %s at %s"
                            .formatted(
                                it.of(), it.column(), it.zone(), windowColumn().orElse("the cut")))
                .orElse("none"));
  }
}
