package dev.overseer.formats.references;

import dev.overseer.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as a value, its numbers exact. Of a key that an object has twice the last counts, as in
 * Postgres. The parser's own limits hold: 500 levels, numbers of 1000 digits.
 */
public final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonParser parser;

  private JsonText(JsonParser parser) {
    this.parser = parser;
  }

  /** Empty when it is no JSON, or beyond the limits. */
  public static Optional<Value> read(String text) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      Value value = new JsonText(parser).value(parser.nextToken());
      return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
    } catch (JacksonException | NumberFormatException notJson) {
      return Optional.empty();
    }
  }

  private Value value(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> new Value.Text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Value.Number(new BigDecimal(parser.getString()));
      case VALUE_TRUE -> new Value.Bool(true);
      case VALUE_FALSE -> new Value.Bool(false);
      case VALUE_NULL -> Value.NULL;
      case null, default -> throw new NumberFormatException("no JSON value");
    };
  }

  private Value object() {
    Map<String, Value> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.getString();
      fields.put(name, value(parser.nextToken()));
    }
    return new Value.Document(fields);
  }

  private Value array() {
    List<Value> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(token));
    }
    return new Value.Items(items);
  }
}
