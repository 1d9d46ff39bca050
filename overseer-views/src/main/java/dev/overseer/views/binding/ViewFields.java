package dev.overseer.views.binding;

import dev.overseer.model.ModelName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.model.ViewDefinition.Total;
import dev.overseer.views.binding.AliasField.Cardinality;
import java.util.List;
import java.util.Optional;

/** The aliases of a view, for the fields of a type to be matched with. */
record ViewFields(ViewDefinition view, Mismatches mismatches) {

  /**
   * What a field's name stands for in the view.
   *
   * @param mayBeAbsent whether there need not be a record, so that the field must be able to be
   *     empty
   */
  record Meaning(String alias, ModelName model, Cardinality cardinality, boolean mayBeAbsent) {}

  Optional<Meaning> find(String path, String field) {
    if (FieldNames.same(field, view.rootAlias())) {
      return Optional.of(
          new Meaning(view.rootAlias(), view.root(), Cardinality.ROOT, view.rootOptional()));
    }
    for (Join join : view.joins()) {
      if (FieldNames.same(field, join.alias())) {
        return Optional.of(meaning(join));
      }
    }
    mismatches.addName(path, "an alias of view '" + view.name() + "'", field, aliases());
    return Optional.empty();
  }

  /** The total that a field's name stands for, if it stands for one. */
  Optional<Total> findTotal(String field) {
    return view.totals().stream()
        .filter(total -> FieldNames.same(field, total.alias()))
        .findFirst();
  }

  private static Meaning meaning(Join join) {
    return join.many()
        ? new Meaning(join.alias(), join.model(), Cardinality.MANY, false)
        : new Meaning(join.alias(), join.model(), Cardinality.ONE, true);
  }

  private List<String> aliases() {
    return view.aliases();
  }
}
