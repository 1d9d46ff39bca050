package dev.overseer.views.binding;

import dev.overseer.model.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The constants of an enum by the texts that stand for them, in whatever case and hyphenation. */
final class EnumNames {
  private static final String UNSPECIFIED = "unspecified";

  private final Map<String, Object> byName = new HashMap<>();
  private final Collection<String> names;

  private EnumNames(Collection<String> names) {
    this.names = names;
  }

  /** {@code NOT_COMPLETED} for {@code not-completed}. */
  static EnumNames ofConstants(Map<String, ?> constants) {
    EnumNames names = new EnumNames(constants.keySet());
    constants.forEach((name, constant) -> names.byName.put(FieldNames.plain(name), constant));
    return names;
  }

  /**
   * {@code STATUS_COMPLETED} for {@code completed}: by the whole name, or by what follows the
   * prefix that protobuf enums repeat in every constant. No other ending will do: {@code
   * NOT_COMPLETED} is not {@code completed}.
   */
  static EnumNames ofPrefixed(String type, Map<String, ?> constants) {
    EnumNames names = ofConstants(constants);
    for (String prefix : prefixes(FieldNames.plain(type), List.copyOf(names.byName.keySet()))) {
      constants.forEach(
          (name, constant) ->
              names.byName.putIfAbsent(
                  FieldNames.plain(name).substring(prefix.length()), constant));
    }
    return names;
  }

  /** The type's name, and what is before UNSPECIFIED, where all constants begin with it. */
  private static List<String> prefixes(String type, List<String> constants) {
    return Stream.concat(
            Stream.of(type),
            constants.stream()
                .filter(name -> name.endsWith(UNSPECIFIED))
                .map(name -> name.substring(0, name.length() - UNSPECIFIED.length())))
        .filter(prefix -> constants.stream().allMatch(name -> name.startsWith(prefix)))
        .toList();
  }

  Scalar scalar(String type) {
    return new Scalar(type, Set.of(Value.Text.class), this::convert);
  }

  private Object convert(Value value) {
    String text = Conversions.text(value);
    Object constant = byName.get(FieldNames.plain(text));
    if (constant == null) {
      throw new IllegalArgumentException("its constants are " + String.join(", ", names));
    }
    return constant;
  }
}
