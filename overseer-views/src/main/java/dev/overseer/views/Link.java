package dev.overseer.views;

import dev.overseer.model.ColumnPath;
import dev.overseer.model.Definitions;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.ViewDefinition.Join;
import java.util.ArrayList;
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
      for (View.Member member : view.members().getOrDefault(join.alias(), List.of())) {
        parents.forEach(parent -> find(join, member, parent, definitions, links));
      }
    }
    return List.copyOf(links);
  }

  private static void find(
      Join join,
      View.Member member,
      View.Member parent,
      Definitions definitions,
      List<Link> links) {
    View.Member holder =
        switch (join.direction()) {
          case MEMBER_TO_PARENT -> member;
          case PARENT_TO_MEMBER -> parent;
        };
    View.Member target = holder.equals(member) ? parent : member;
    if (leads(join, holder, target.key(), definitions)) {
      List<String> columns =
          reference(join, holder, definitions).columns().stream()
              .map(ColumnPath::column)
              .distinct()
              .toList();
      links.add(
          new Link(join.alias(), member.key(), parent.key(), join.by(), holder.key(), columns));
    }
  }

  private static boolean leads(
      Join join, View.Member holder, RecordKey target, Definitions definitions) {
    ModelDefinition model = definitions.model(holder.key().model());
    return Target.of(model, join.by(), holder.state()) instanceof Target.Named(Set<RecordKey> named)
        && named.contains(target);
  }

  private static ReferenceDefinition reference(
      Join join, View.Member holder, Definitions definitions) {
    return Objects.requireNonNull(
        definitions.model(holder.key().model()).references().get(join.by()));
  }
}
