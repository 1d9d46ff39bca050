package dev.overseer.server.configuration;

import dev.overseer.model.InvariantViolated;
import dev.overseer.server.configuration.Entries.Entry;
import dev.overseer.server.configuration.Field.Absent;
import dev.overseer.server.configuration.Field.Given;
import dev.overseer.server.configuration.Field.Wrong;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Binds YAML nodes to records: a mapping's keys are a record's components, whose types are {@code
 * Field}s of scalars, of {@code List}s, of {@link Entries}, or of further records. What does not
 * fit is a mistake, and binding goes on with the rest.
 */
final class RecordBinder {
  private final Mistakes mistakes;

  RecordBinder(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  <T> Field<T> bind(Class<T> type, Node node) {
    return cast(value(type, node));
  }

  /**
   * Every key that {@code type} has, dotted; {@code *} stands for a name of the author's choice.
   */
  static List<String> keys(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(component -> keys(component.getName(), content(component)))
        .toList();
  }

  private static Stream<String> keys(String name, Type type) {
    Class<?> raw = raw(type);
    if (raw == Entries.class) {
      return Stream.concat(Stream.of(name), keys(name + ".*", argument(type)).skip(1));
    } else if (raw.isRecord() && Scalar.of(raw) == null) {
      return Stream.concat(Stream.of(name), keys(raw).stream().map(key -> name + "." + key));
    }
    return Stream.of(name);
  }

  private Field<?> value(Type type, Node node) {
    Class<?> raw = raw(type);
    Scalar<?> scalar = Scalar.of(raw);
    if (scalar != null) {
      return scalar(scalar, node);
    } else if (raw == List.class) {
      return list(argument(type), node);
    } else if (raw == Entries.class) {
      return entries(argument(type), node);
    } else if (raw.isRecord()) {
      return record(raw, node);
    }
    throw new InvariantViolated("Nothing in a configuration file is a " + type);
  }

  private <T> Field<T> scalar(Scalar<T> scalar, Node node) {
    Place place = Place.of(node);
    if (!(node instanceof ScalarNode text)) {
      if (scalar.hidesItsText()) {
        hide(node);
      }
      return wrong(node, scalar.expected(), Optional.empty());
    }
    Optional<T> value =
        scalar.takes(text) ? scalar.parse().apply(text.getValue()) : Optional.empty();
    if (value.isPresent()) {
      return new Given<>(value.get(), place);
    }
    if (scalar.hidesItsText()) {
      hide(node);
      mistakes.add(place, "this is not a place to find a secret", scalar.expected());
      return new Wrong<>();
    }
    return wrong(node, scalar.expected(), scalar.suggestion(text));
  }

  /** A single value may stand for a list of one. */
  private Field<?> list(Type itemType, Node node) {
    List<Node> nodes =
        switch (node) {
          case SequenceNode sequence -> sequence.getValue();
          case ScalarNode scalar when !isNothing(scalar) -> List.of(scalar);
          default -> List.of();
        };
    if (nodes.isEmpty()) {
      return wrong(node, "a list, as in [a, b]", Optional.empty());
    }
    List<Field<?>> items = new ArrayList<>();
    for (Node item : nodes) {
      items.add(value(argument(itemType), item));
    }
    return new Given<>(items, Place.of(node));
  }

  private Field<?> entries(Type valueType, Node node) {
    if (!(node instanceof MappingNode mapping)) {
      return wrong(node, "a mapping from names", Optional.empty());
    }
    List<Entry<?>> entries = new ArrayList<>();
    for (Map.Entry<String, NodeTuple> tuple : tuples(mapping).entrySet()) {
      Node key = tuple.getValue().getKeyNode();
      entries.add(
          new Entry<>(
              tuple.getKey(),
              Place.of(key),
              cast(value(valueType, tuple.getValue().getValueNode()))));
    }
    return new Given<>(new Entries<>(cast(entries)), Place.of(node));
  }

  private Field<?> record(Class<?> type, Node node) {
    ShortForm shortForm = type.getAnnotation(ShortForm.class);
    boolean isShort = shortForm != null && !(node instanceof MappingNode) && !isNothing(node);
    if (!isShort && !(node instanceof MappingNode)) {
      return wrong(
          node, "a mapping with the keys " + String.join(", ", names(type)), Optional.empty());
    }
    Map<String, Node> nodes = new HashMap<>();
    if (node instanceof MappingNode mapping) {
      tuples(mapping).forEach((key, tuple) -> known(type, key, tuple, nodes));
    } else if (shortForm != null) {
      nodes.put(shortForm.value(), node);
    }
    Object[] fields =
        Arrays.stream(type.getRecordComponents())
            .map(component -> field(component, nodes.get(component.getName()), node))
            .toArray();
    return new Given<>(construct(type, fields), Place.of(node));
  }

  private void known(Class<?> type, String key, NodeTuple tuple, Map<String, Node> nodes) {
    if (names(type).contains(key)) {
      nodes.put(key, tuple.getValueNode());
      return;
    }
    hide(tuple.getValueNode());
    mistakes.add(
        Place.of(tuple.getKeyNode()),
        "there is no key '%s' here".formatted(key),
        "one of " + String.join(", ", names(type)),
        Nearest.to(key, names(type)));
  }

  private Field<?> field(RecordComponent component, @Nullable Node node, Node parent) {
    if (node != null) {
      return value(content(component), node);
    }
    if (!component.isAnnotationPresent(Required.class)) {
      return new Absent<>();
    }
    Place place = Place.of(parent);
    mistakes.add(
        new Place(place.line(), place.column(), 1),
        "the key '%s' is missing".formatted(component.getName()),
        expected(content(component)));
    return new Wrong<>();
  }

  /** By key, without those that are no text or are there twice. */
  private Map<String, NodeTuple> tuples(MappingNode mapping) {
    Map<String, NodeTuple> tuples = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Place place = Place.of(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getValue().isBlank()) {
        mistakes.add(place, "a key is a text", "a text");
        continue;
      }
      NodeTuple first = tuples.putIfAbsent(key.getValue(), tuple);
      if (first != null) {
        hide(tuple.getValueNode());
        mistakes.add(
            place,
            "the key '%s' is here twice".formatted(key.getValue()),
            "each key once; the first is in line " + Place.of(first.getKeyNode()).line());
      }
    }
    return tuples;
  }

  private <T> Field<T> wrong(Node node, String expected, Optional<String> suggestion) {
    mistakes.add(Place.of(node), "this is " + description(node), expected, suggestion);
    return new Wrong<>();
  }

  private static String description(Node node) {
    return switch (node) {
      case ScalarNode scalar when isNothing(scalar) -> "empty";
      case ScalarNode scalar when scalar.getValue().isBlank() -> "blank text";
      case ScalarNode scalar when scalar.getValue().contains("${") ->
          "no secret: only keys of secrets take ${env:...} and ${file:...}";
      case ScalarNode scalar
          when scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT) ->
          "the number " + scalar.getValue();
      case ScalarNode scalar when scalar.getTag().equals(Tag.BOOL) ->
          "the flag " + scalar.getValue();
      case ScalarNode scalar -> "the text '" + scalar.getValue() + "'";
      case SequenceNode list -> list.getValue().isEmpty() ? "an empty list" : "a list";
      case MappingNode _ -> "a mapping";
      default -> "something else";
    };
  }

  private static boolean isNothing(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  /** Every text in what may be a secret. */
  private void hide(Node node) {
    switch (node) {
      case ScalarNode scalar -> mistakes.hide(Place.of(scalar));
      case SequenceNode list -> list.getValue().forEach(this::hide);
      case MappingNode mapping -> mapping.getValue().forEach(tuple -> hide(tuple.getValueNode()));
      default -> mistakes.hide(Place.of(node));
    }
  }

  private static String expected(Type type) {
    Class<?> raw = raw(type);
    Scalar<?> scalar = Scalar.of(raw);
    if (scalar != null) {
      return scalar.expected();
    }
    return raw == List.class ? "a list, as in [a, b]" : "a mapping";
  }

  private static List<String> names(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  private static Type content(RecordComponent component) {
    return argument(component.getGenericType());
  }

  private static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  private static Class<?> raw(Type type) {
    return (Class<?>) (type instanceof ParameterizedType it ? it.getRawType() : type);
  }

  private static Object construct(Class<?> type, Object[] fields) {
    Class<?>[] parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      return constructor.newInstance(fields);
    } catch (ReflectiveOperationException e) {
      throw new InvariantViolated("A record of the file's shape cannot be made: " + type, e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> T cast(Object bound) {
    return (T) bound;
  }
}
