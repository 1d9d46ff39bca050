package dev.overseer.views;

import dev.overseer.model.ColumnPath;
import dev.overseer.model.Definitions;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.ViewDefinition.Join;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Why a record is a member of a view: a reference between it and its parent.
 *
 * @param alias under which it is a member
 * @param holder which of the two has the reference
 * @param columns of the holder that hold the other one's key, or documents with it
 */
public record Link(
    String alias,
    RecordKey member,
    RecordKey parent,
    ReferenceName reference,
    RecordKey holder,
    List<String> columns) {
  public Link {
    columns = List.copyOf(columns);
  }

  /**
   * The links that led to a view's members, those of members that led on first. A member has one
   * for each parent; one of which the membership cannot be told has none.
   */
  public static List<Link> of(View view, Definitions definitions) {
    List<Link> links = new ArrayList<>();
    for (Join join : view.definition().joins()) {
      List<View.Member> parents =
          join.parent().equals(view.definition().rootAlias())
              ? List.of(view.root())
              : view.members().getOrDefault(join.parent(), List.of());
      List<View.Member> members = view.members().getOrDefault(join.alias(), List.of());
      switch (join.direction()) {
        case MEMBER_TO_PARENT ->
            find(members, parents, join, definitions)
                .forEach(found -> links.add(link(join, found, found.holder(), found.target())));
        case PARENT_TO_MEMBER ->
            find(parents, members, join, definitions)
                .forEach(found -> links.add(link(join, found, found.target(), found.holder())));
      }
    }
    return List.copyOf(links);
  }

  private record Found(RecordKey holder, RecordKey target, List<String> columns) {}

  private static Link link(Join join, Found found, RecordKey member, RecordKey parent) {
    return new Link(join.alias(), member, parent, join.by(), found.holder(), found.columns());
  }

  /** Which holders refer to which targets. */
  private static List<Found> find(
      List<View.Member> holders, List<View.Member> targets, Join join, Definitions definitions) {
    Set<RecordKey> sought = new HashSet<>();
    targets.forEach(target -> sought.add(target.key()));
    List<Found> found = new ArrayList<>();
    for (View.Member holder : holders) {
      ModelDefinition model = definitions.model(holder.key().model());
      if (Target.of(model, join.by(), holder.state())
          instanceof Target.Named(Set<RecordKey> keys)) {
        keys.stream()
            .filter(sought::contains)
            .forEach(key -> found.add(new Found(holder.key(), key, columns(join, model))));
      }
    }
    return found;
  }

  private static List<String> columns(Join join, ModelDefinition model) {
    return Objects.requireNonNull(model.references().get(join.by())).columns().stream()
        .map(ColumnPath::column)
        .distinct()
        .toList();
  }
}
