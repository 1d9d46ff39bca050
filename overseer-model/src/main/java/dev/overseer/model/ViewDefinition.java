package dev.overseer.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A root record and the records joined to it, directly or over other members.
 *
 * @param rootOptional whether the view exists though its root was never seen or is deleted
 * @param joins in the order of their declaration; a join's parent comes before it
 * @param totals sums and counts of records that are not members
 */
public record ViewDefinition(
    ViewName name, ModelName root, boolean rootOptional, List<Join> joins, List<Total> totals) {
  public ViewDefinition {
    joins = List.copyOf(joins);
    totals = List.copyOf(totals);
  }

  /** A view without totals. */
  public ViewDefinition(ViewName name, ModelName root, boolean rootOptional, List<Join> joins) {
    this(name, root, rootOptional, joins, List.of());
  }

  /** Those of the root, of the joins and of the totals, each once. */
  public List<ModelName> models() {
    return Stream.of(
            Stream.of(root),
            joins.stream().map(Join::model),
            totals.stream().map(total -> total.definition().model()))
        .flatMap(models -> models)
        .distinct()
        .toList();
  }

  /** Of the records that are joined, or counted, under an alias. */
  public Optional<ModelName> modelOf(String alias) {
    return Stream.concat(
            joins.stream().filter(join -> join.alias().equals(alias)).map(Join::model),
            totals.stream()
                .filter(total -> total.alias().equals(alias))
                .map(total -> total.definition().model()))
        .findFirst();
  }

  /** All aliases: the root's, those of joins, and those of totals. */
  public List<String> aliases() {
    return Stream.of(
            Stream.of(rootAlias()),
            joins.stream().map(Join::alias),
            totals.stream().map(Total::alias))
        .flatMap(aliases -> aliases)
        .toList();
  }

  /**
   * From when on a root's totals are of the windows that they are of at a cut: the passing of time
   * changes a view too, where a total's window is the one that contains the cut.
   */
  public EffectiveTime windowsSeenSince(EffectiveTime cut) {
    if (totals.isEmpty()) {
      return EffectiveTime.MIN;
    }
    return totals.stream()
        .map(Total::definition)
        .filter(total -> total.latestWindows().isPresent())
        .flatMap(total -> total.windows().stream())
        .map(windows -> windows.of().containing(cut.toInstant(), windows.zone()).from())
        .map(EffectiveTime::of)
        .reduce(EffectiveTime.MIN, EffectiveTime::max);
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

  /** What a root sees of a total, under {@code alias}. */
  public record Total(String alias, TotalDefinition definition) {
    /** Whether it is a list: a total for each of several windows. */
    public boolean isOfSeveralWindows() {
      return definition.latestWindows().orElse(1) > 1;
    }
  }

  /** Who holds the reference that a join follows. */
  public enum Direction {
    MEMBER_TO_PARENT,
    PARENT_TO_MEMBER
  }
}
