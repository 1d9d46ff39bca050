package dev.overseer.server.json;

import dev.overseer.model.InvalidRequest;
import java.math.BigDecimal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Records to JSON and back. Decimals are written as text and read exactly, since most readers of
 * JSON take a number for a binary floating point one. Times are ISO 8601 in UTC.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule().addSerializer(BigDecimal.class, ToStringSerializer.instance))
          .build();

  private Json() {}

  public static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** For people. */
  public static String writeIndented(Object value) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
  }

  /** Fails with {@link InvalidRequest} when the text is none. */
  public static <T> T read(String text, TypeReference<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JacksonException e) {
      throw new InvalidRequest(
          "This is not the JSON that was expected: " + e.getOriginalMessage(), e);
    }
  }

  /** Fails with {@link InvalidRequest} when the text is none. */
  public static <T> T read(String text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JacksonException e) {
      throw new InvalidRequest(
          "This is not the JSON that was expected: " + e.getOriginalMessage(), e);
    }
  }

  /** Fails with {@link InvalidRequest} when the text is none. */
  public static JsonNode readTree(String text) {
    return read(text, JsonNode.class);
  }
}
