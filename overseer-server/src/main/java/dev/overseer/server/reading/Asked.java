package dev.overseer.server.reading;

import dev.overseer.model.Definitions;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewName;
import dev.overseer.server.configuration.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what a question names. */
record Asked(Definitions definitions) {

  ModelDefinition model(Question question) {
    List<String> names = definitions.models().stream().map(it -> it.name().value()).toList();
    requireName("model", question.name(), names);
    return definitions.model(new ModelName(question.name()));
  }

  ViewDefinition view(Question question) {
    List<String> names = definitions.views().stream().map(it -> it.name().value()).toList();
    requireName("view", question.name(), names);
    return definitions.view(new ViewName(question.name()));
  }

  private static void requireName(String kind, String name, Collection<String> names) {
    if (!names.contains(name)) {
      String hint = Nearest.to(name, names).map("; did you mean '%s'?"::formatted).orElse("");
      throw new NotThere(
          "No %s is named '%s'%s There are: %s"
              .formatted(kind, name, hint.isEmpty() ? "." : hint, String.join(", ", names)));
    }
  }

  /** The key of a record of {@code model}. */
  RecordKey key(Question question, ModelDefinition model) {
    return question.columns().isEmpty()
        ? ofText(question.key(), model)
        : ofColumns(question.columns(), model);
  }

  private static RecordKey ofText(String text, ModelDefinition model) {
    List<String> values = model.key().size() == 1 ? List.of(text) : List.of(text.split(",", -1));
    if (values.size() != model.key().size()) {
      throw new InvalidRequest(
          "A key of model '%s' has %d parts, %s, separated by commas, and '%s' has %d. Where a part has a comma itself, name each: %s"
              .formatted(
                  model.name(),
                  model.key().size(),
                  model.key(),
                  text,
                  values.size(),
                  named(model)));
    }
    return new RecordKey(model.name(), values);
  }

  private static RecordKey ofColumns(List<String> columns, ModelDefinition model) {
    Map<String, String> given = new HashMap<>();
    for (String column : columns) {
      int at = column.indexOf('=');
      String name = at < 0 ? column : column.substring(0, at);
      boolean isNew = at >= 0 && given.put(name, column.substring(at + 1)) == null;
      if (!isNew || !model.key().contains(name)) {
        throw notTheKey(model, columns);
      }
    }
    List<String> values = new ArrayList<>();
    for (String column : model.key()) {
      String value = given.get(column);
      if (value == null) {
        throw notTheKey(model, columns);
      }
      values.add(value);
    }
    return new RecordKey(model.name(), values);
  }

  private static InvalidRequest notTheKey(ModelDefinition model, List<String> columns) {
    return new InvalidRequest(
        "A key of model '%s' is given as %s, each once, not as %s"
            .formatted(model.name(), named(model), columns));
  }

  private static String named(ModelDefinition model) {
    return String.join(" and ", model.key().stream().map(column -> column + "=...").toList());
  }
}
