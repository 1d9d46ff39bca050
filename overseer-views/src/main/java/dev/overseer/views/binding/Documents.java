package dev.overseer.views.binding;

import dev.overseer.formats.references.ArrayLiteral;
import dev.overseer.formats.references.JsonText;
import dev.overseer.model.Value;
import java.util.List;
import java.util.Map;

/** Values that hold others, be it that the source writes them as text: JSON, or an array. */
final class Documents {
  private Documents() {}

  static Map<String, Value> fields(Value value) {
    return switch (value) {
      case Value.Document(Map<String, Value> fields) -> fields;
      case Value.Text(String text) when json(text) instanceof Value.Document document ->
          document.fields();
      case Value.Text _,
          Value.Number _,
          Value.Bool _,
          Value.Time _,
          Value.Bytes _,
          Value.Items _,
          Value.Null _,
          Value.Unknown _ ->
          throw new IllegalArgumentException("it is no JSON object");
    };
  }

  static List<Value> items(Value value) {
    return switch (value) {
      case Value.Items(List<Value> items) -> items;
      case Value.Text(String text) -> items(text);
      case Value.Document _,
          Value.Number _,
          Value.Bool _,
          Value.Time _,
          Value.Bytes _,
          Value.Null _,
          Value.Unknown _ ->
          throw new IllegalArgumentException("it is no list");
    };
  }

  /**
   * A JSON array begins with a bracket, an array of Postgres with a brace, as JSON's objects do.
   */
  private static List<Value> items(String text) {
    if (ArrayLiteral.isOne(text) && !isObject(text)) {
      return ArrayLiteral.read(text)
          .orElseThrow(() -> new IllegalArgumentException("it is no array that can be read"));
    }
    if (json(text) instanceof Value.Items(List<Value> items)) {
      return items;
    }
    throw new IllegalArgumentException("it is neither an array nor a JSON array");
  }

  private static boolean isObject(String text) {
    return JsonText.read(text).orElse(Value.NULL) instanceof Value.Document object
        && !object.fields().isEmpty();
  }

  private static Value json(String text) {
    return JsonText.read(text)
        .orElseThrow(() -> new IllegalArgumentException("it is no JSON that can be read"));
  }
}
