package dev.overseer.model;

import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.ViewDefinition.Join;
import dev.overseer.model.ViewDefinition.Total;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The semantic layer: all models and views, declared once in configuration. Immutable and
 * consistent: views name models that exist, and join them by references that these have.
 */
public final class Definitions {
  private final Map<ModelName, ModelDefinition> models = new LinkedHashMap<>();
  private final Map<ViewName, ViewDefinition> views = new LinkedHashMap<>();
  private final Map<SourceTable, ModelDefinition> byTable = new LinkedHashMap<>();

  private record SourceTable(SourceName source, TableName table) {}

  public Definitions(Collection<ModelDefinition> models, Collection<ViewDefinition> views) {
    for (ModelDefinition model : models) {
      refuseTwice(this.models.put(model.name(), model), "model", model.name().value());
      refuseTwice(
          byTable.put(new SourceTable(model.source(), model.table()), model),
          "model of table",
          model.source() + " " + model.table());
    }
    for (ViewDefinition view : views) {
      refuseTwice(this.views.put(view.name(), view), "view", view.name().value());
      requireJoined(view);
    }
  }

  private void requireJoined(ViewDefinition view) {
    Map<String, ModelDefinition> joined = new LinkedHashMap<>();
    joined.put(view.rootAlias(), model(view.root()));
    for (Join join : view.joins()) {
      ModelDefinition parent = joined.get(join.parent());
      if (parent == null) {
        throw new InvalidRequest(
            "View '%s' joins '%s' from '%s', which is neither its root nor joined before"
                .formatted(view.name(), join.alias(), join.parent()));
      }
      ModelDefinition member = model(join.model());
      switch (join.direction()) {
        case MEMBER_TO_PARENT -> requireReference(view, join, member, parent);
        case PARENT_TO_MEMBER ->
            refuseSeveralAsOne(view, join, requireReference(view, join, parent, member));
      }
      refuseTwice(joined.put(join.alias(), member), "alias", join.alias());
    }
    requireTotalled(view, joined);
  }

  private void requireTotalled(ViewDefinition view, Map<String, ModelDefinition> joined) {
    for (Total total : view.totals()) {
      ModelDefinition counted = model(total.definition().model());
      if (!total.definition().root().equals(view.root())) {
        throw new InvalidRequest(
            "View '%s' has the total '%s', which is for roots of '%s'"
                .formatted(view.name(), total.alias(), total.definition().root()));
      }
      refuseTwice(joined.put(total.alias(), counted), "alias", total.alias());
    }
  }

  /** The totals of all views, each once, in the order of their texts. */
  public List<TotalDefinition> totals() {
    Map<String, TotalDefinition> byText = new TreeMap<>();
    views.values().stream()
        .flatMap(view -> view.totals().stream())
        .map(Total::definition)
        .forEach(total -> byText.putIfAbsent(total.keptText(), total));
    return List.copyOf(byText.values());
  }

  private static ReferenceDefinition requireReference(
      ViewDefinition view, Join join, ModelDefinition holder, ModelDefinition target) {
    ReferenceDefinition reference = holder.references().get(join.by());
    if (reference == null || !reference.target().equals(target.name())) {
      throw new InvalidRequest(
          "View '%s' joins '%s' by '%s', which is no reference of '%s' to '%s'"
              .formatted(view.name(), join.alias(), join.by(), holder.name(), target.name()));
    }
    return reference;
  }

  private static void refuseSeveralAsOne(
      ViewDefinition view, Join join, ReferenceDefinition reference) {
    if (reference.isSeveral() && !join.many()) {
      throw new InvalidRequest(
          "View '%s' joins one '%s' by '%s', which refers to several"
              .formatted(view.name(), join.alias(), join.by()));
    }
  }

  public Collection<ModelDefinition> models() {
    return models.values();
  }

  public Collection<ViewDefinition> views() {
    return views.values();
  }

  /** Fails with {@link InvalidRequest} when there is none. */
  public ModelDefinition model(ModelName name) {
    return Optional.ofNullable(models.get(name))
        .orElseThrow(() -> new InvalidRequest("No model is named '" + name + "'"));
  }

  public Optional<ModelDefinition> findModel(SourceName source, TableName table) {
    return Optional.ofNullable(byTable.get(new SourceTable(source, table)));
  }

  /** Fails with {@link InvalidRequest} when there is none. */
  public ViewDefinition view(ViewName name) {
    return Optional.ofNullable(views.get(name))
        .orElseThrow(
            () ->
                new InvalidRequest("No view is named '" + name + "'; there are " + views.keySet()));
  }

  /** The sources of every model in the view: those that must be heard before it is judged. */
  public Set<SourceName> sourcesOf(ViewDefinition view) {
    Set<SourceName> sources = new TreeSet<>();
    view.models().forEach(model -> sources.add(model(model).source()));
    return sources;
  }

  private static void refuseTwice(@Nullable Object previous, String kind, String name) {
    if (previous != null) {
      throw new InvalidRequest("The " + kind + " '" + name + "' is declared twice");
    }
  }
}
