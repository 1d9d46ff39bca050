package dev.overseer.server.transcript;

import dev.overseer.model.InvalidRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object whose every field is asked for: what is missing, of another kind or left over is a
 * mistake, told as an {@link InvalidRequest}.
 */
final class Fields {
  private final JsonNode object;
  private final Set<String> asked = new HashSet<>();

  Fields(JsonNode object) {
    if (!object.isObject()) {
      throw new InvalidRequest("this is not a JSON object");
    }
    this.object = object;
  }

  boolean has(String name) {
    return object.has(name);
  }

  Fields object(String name) {
    JsonNode node = get(name);
    if (!node.isObject()) {
      throw wrong(name, "an object");
    }
    return new Fields(node);
  }

  String text(String name) {
    return text(name, get(name));
  }

  long number(String name) {
    JsonNode node = get(name);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw wrong(name, "a whole number of 64 bits");
    }
    return node.longValue();
  }

  /** A number that counts things. */
  int count(String name) {
    long number = number(name);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw wrong(name, "a number from 0 to " + Integer.MAX_VALUE);
    }
    return (int) number;
  }

  boolean truth(String name) {
    JsonNode node = get(name);
    if (!node.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return node.booleanValue();
  }

  byte[] bytes(String name) {
    try {
      return Base64.getDecoder().decode(text(name));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest("'%s' is not Base64: %s".formatted(name, e.getMessage()), e);
    }
  }

  List<String> texts(String name) {
    return texts(name, get(name));
  }

  List<List<String>> lists(String name) {
    List<List<String>> lists = new ArrayList<>();
    for (JsonNode node : array(name, get(name))) {
      lists.add(texts(name, node));
    }
    return lists;
  }

  void ignore(String name) {
    asked.add(name);
  }

  /** Fails when a field was not asked for: whoever wrote it meant something. */
  void requireNoOthers() {
    for (String name : object.propertyNames()) {
      if (!asked.contains(name)) {
        throw new InvalidRequest("'%s' means nothing here".formatted(name));
      }
    }
  }

  private JsonNode get(String name) {
    asked.add(name);
    JsonNode node = object.get(name);
    if (node == null) {
      throw new InvalidRequest("'%s' is missing".formatted(name));
    }
    return node;
  }

  private static List<String> texts(String name, JsonNode array) {
    List<String> texts = new ArrayList<>();
    for (JsonNode node : array(name, array)) {
      texts.add(text(name, node));
    }
    return texts;
  }

  private static JsonNode array(String name, JsonNode node) {
    if (!node.isArray()) {
      throw wrong(name, "a list");
    }
    return node;
  }

  private static String text(String name, JsonNode node) {
    if (!node.isString()) {
      throw wrong(name, "text");
    }
    return node.stringValue();
  }

  private static InvalidRequest wrong(String name, String expected) {
    return new InvalidRequest("'%s' is not %s".formatted(name, expected));
  }
}
