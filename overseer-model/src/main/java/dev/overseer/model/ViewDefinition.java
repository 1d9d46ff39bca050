package dev.overseer.model;

import java.util.List;

/**
 * A root record and the records joined to it, directly or over other members.
 *
 * @param rootOptional whether the view exists though its root was never seen or is deleted
 * @param joins in the order of their declaration; a join's parent comes before it
 */
public record ViewDefinition(
    ViewName name, ModelName root, boolean rootOptional, List<Join> joins) {
  public ViewDefinition {
    joins = List.copyOf(joins);
  }

  /** The alias under which the root itself is known: its model's name. */
  public String rootAlias() {
    return root.value();
  }

  /**
   * Members of {@code model} under {@code alias}.
   *
   * @param parent the alias of the root or of an earlier join
   * @param by a reference of the member to the parent, or of the parent to the member
   * @param direction which of the two
   * @param many whether several members are expected (a list) or at most one
   */
  public record Join(
      String alias,
      ModelName model,
      String parent,
      ReferenceName by,
      Direction direction,
      boolean many) {}

  /** Who holds the reference that a join follows. */
  public enum Direction {
    MEMBER_TO_PARENT,
    PARENT_TO_MEMBER
  }
}
