package dev.overseer.views;

import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Join;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tables that are simply kept, and views that are simply looked up in them: what to compare with.
 */
final class KeptTables {
  private final Map<RecordKey, Row> rows = new TreeMap<>();

  /** Wherever the references under a key pointed since a row was inserted under it. */
  private final Map<RecordKey, Map<ReferenceName, Set<RecordKey>>> said = new TreeMap<>();

  private final Set<RecordKey> seen = new TreeSet<>();

  /**
   * A column's value.
   *
   * @param points where the references that are in this column point; without those that cannot be
   *     told, because the value does not fit them
   */
  record Cell(@Nullable String text, Map<ReferenceName, Set<RecordKey>> points) {}

  /**
   * @param cells without those that were never sent, or were last sent before a change that cannot
   *     be read
   * @param isReadable whether its last change can be read
   * @param said where the references under its key may point
   */
  record Row(Map<String, Cell> cells, boolean isReadable, Map<ReferenceName, Set<RecordKey>> said) {

    Optional<Set<RecordKey>> points(ReferenceName by) {
      return cells.values().stream()
          .filter(cell -> cell.points().containsKey(by))
          .map(cell -> cell.points().getOrDefault(by, Set.of()))
          .findFirst();
    }

    Set<RecordKey> mayPoint(ReferenceName by) {
      return points(by).orElse(said.getOrDefault(by, Set.of()));
    }
  }

  /** What happened to a row. */
  sealed interface Change {
    record Insert(RecordKey key, Map<String, Cell> sent) implements Change {}

    record Update(RecordKey key, RecordKey newKey, Map<String, Cell> sent) implements Change {}

    record Delete(RecordKey key) implements Change {}

    record Truncate(ModelName model) implements Change {}

    /** Something that cannot be read, but for its key. */
    record Illegible(RecordKey key) implements Change {}
  }

  void apply(Change change) {
    switch (change) {
      case Change.Insert(RecordKey key, Map<String, Cell> sent) -> {
        said.put(key, new TreeMap<>());
        put(key, Map.of(), sent);
      }
      case Change.Update(RecordKey key, RecordKey newKey, Map<String, Cell> sent) -> {
        Row before = rows.remove(key);
        seen.add(key);
        if (!newKey.equals(key)) {
          said.put(newKey, copy(said.getOrDefault(key, Map.of())));
        }
        put(newKey, before == null ? Map.of() : before.cells(), sent);
      }
      case Change.Delete(RecordKey key) -> rows.remove(key);
      case Change.Truncate(ModelName model) ->
          rows.keySet().removeIf(key -> key.model().equals(model));
      case Change.Illegible(RecordKey key) -> {
        seen.add(key);
        rows.put(key, new Row(Map.of(), false, saidUnder(key)));
      }
    }
  }

  private void put(RecordKey key, Map<String, Cell> before, Map<String, Cell> sent) {
    seen.add(key);
    Map<ReferenceName, Set<RecordKey>> said = saidUnder(key);
    sent.values()
        .forEach(
            cell ->
                cell.points()
                    .forEach(
                        (by, targets) ->
                            said.computeIfAbsent(by, _ -> new TreeSet<>()).addAll(targets)));
    Map<String, Cell> cells = new HashMap<>(before);
    cells.putAll(sent);
    rows.put(key, new Row(cells, true, said));
  }

  private Map<ReferenceName, Set<RecordKey>> saidUnder(RecordKey key) {
    return said.computeIfAbsent(key, _ -> new TreeMap<>());
  }

  private static Map<ReferenceName, Set<RecordKey>> copy(Map<ReferenceName, Set<RecordKey>> said) {
    Map<ReferenceName, Set<RecordKey>> copy = new TreeMap<>();
    said.forEach((by, targets) -> copy.put(by, new TreeSet<>(targets)));
    return copy;
  }

  Optional<Row> find(RecordKey key) {
    return Optional.ofNullable(rows.get(key));
  }

  boolean wasSeen(RecordKey key) {
    return seen.contains(key);
  }

  /** A reference of a record that is there does not tell where it points. */
  static final class Untold extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** By alias, the members, and whether it is certain that they are. */
  Map<String, Map<RecordKey, Boolean>> members(ViewDefinition view, RecordKey root) {
    return joined(view, root, this::joined);
  }

  private Map<RecordKey, Boolean> joined(Join join, Map.Entry<RecordKey, Boolean> parent) {
    Map<RecordKey, Boolean> members = new TreeMap<>();
    switch (join.direction()) {
      case MEMBER_TO_PARENT ->
          forEachOf(
              join.model(),
              (key, row) -> {
                if (row.mayPoint(join.by()).contains(parent.getKey())) {
                  members.put(key, row.points(join.by()).isPresent());
                }
              });
      case PARENT_TO_MEMBER -> {
        if (!parent.getValue()) {
          throw new Untold();
        }
        find(parent.getKey())
            .map(row -> row.points(join.by()).orElseThrow(Untold::new))
            .orElse(Set.of())
            .stream()
            .filter(rows::containsKey)
            .forEach(
                target -> members.put(target, find(target).filter(Row::isReadable).isPresent()));
      }
    }
    return members;
  }

  /** By alias, the records that concern the root: members, and those that may be. */
  Map<String, Map<RecordKey, Boolean>> concerning(ViewDefinition view, RecordKey root) {
    return joined(view, root, this::concerning);
  }

  private Map<RecordKey, Boolean> concerning(Join join, Map.Entry<RecordKey, Boolean> parent) {
    Map<RecordKey, Boolean> members = new TreeMap<>();
    Set<RecordKey> pointedAt =
        find(parent.getKey()).map(row -> row.mayPoint(join.by())).orElse(Set.of());
    forEachOf(
        join.model(),
        (key, row) -> {
          boolean concerns =
              switch (join.direction()) {
                case MEMBER_TO_PARENT -> row.mayPoint(join.by()).contains(parent.getKey());
                case PARENT_TO_MEMBER -> pointedAt.contains(key);
              };
          if (concerns) {
            members.put(key, true);
          }
        });
    return members;
  }

  private static Map<String, Map<RecordKey, Boolean>> joined(
      ViewDefinition view,
      RecordKey root,
      BiFunction<Join, Map.Entry<RecordKey, Boolean>, Map<RecordKey, Boolean>> follow) {
    Map<String, Map<RecordKey, Boolean>> all = new LinkedHashMap<>();
    all.put(view.rootAlias(), Map.of(root, true));
    for (Join join : view.joins()) {
      Map<RecordKey, Boolean> members = new TreeMap<>();
      all.getOrDefault(join.parent(), Map.of())
          .entrySet()
          .forEach(parent -> members.putAll(follow.apply(join, parent)));
      all.put(join.alias(), members);
    }
    all.remove(view.rootAlias());
    return all;
  }

  private void forEachOf(ModelName model, BiConsumer<RecordKey, Row> visit) {
    rows.forEach(
        (key, row) -> {
          if (key.model().equals(model)) {
            visit.accept(key, row);
          }
        });
  }
}
