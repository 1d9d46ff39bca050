package dev.overseer.formats.pgoutput;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.formats.references.KeyTexts;
import dev.overseer.model.ChangeDecoder.Reach;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Definitions;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a person or a script says of what it does, in the transaction that does it: a message with
 * the prefix {@code overseer}, a JSON object whose {@code records} name rows by table and key. The
 * rest of it is the author's.
 */
final class OperatorsNote {
  private static final String PREFIX = "overseer";
  private static final int RECORDS_MAX = 1000;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final SourceName source;
  private final Definitions definitions;

  private OperatorsNote(SourceName source, Definitions definitions) {
    this.source = source;
    this.definitions = definitions;
  }

  static List<RecordKey> records(byte[] raw, SourceName source, Definitions definitions)
      throws Undecodable {
    if (PgOutputParser.parse(raw) instanceof PgOutput.Message message
        && message.prefix().equals(PREFIX)) {
      return new OperatorsNote(source, definitions).records(json(message.content()));
    }
    return List.of();
  }

  private static JsonNode json(byte[] content) throws Undecodable {
    try {
      return JSON.readTree(new String(content, UTF_8));
    } catch (JacksonException e) {
      throw refused("it is no JSON: " + e.getOriginalMessage());
    }
  }

  private List<RecordKey> records(JsonNode note) throws Undecodable {
    JsonNode named = note.path("records");
    if (!named.isArray() || named.isEmpty() || named.size() > RECORDS_MAX) {
      throw refused("it needs 'records', a list of 1 to " + RECORDS_MAX);
    }
    List<RecordKey> records = new ArrayList<>();
    for (JsonNode each : named) {
      records.add(record(each));
    }
    return records;
  }

  private RecordKey record(JsonNode named) throws Undecodable {
    String table = text(named.path("table"));
    Optional<ModelDefinition> model = definitions.findModel(source, TableName.parse(table));
    if (model.isEmpty()) {
      throw refused("source '%s' has no model of table '%s'".formatted(source, table));
    }
    List<String> key = key(named.path("key"));
    if (key.size() != model.get().key().size()) {
      throw refused("a key of '%s' has %s".formatted(table, model.get().key()));
    }
    return new RecordKey(model.get().name(), key);
  }

  private static List<String> key(JsonNode key) throws Undecodable {
    if (!key.isArray()) {
      return List.of(text(key));
    }
    List<String> values = new ArrayList<>();
    for (JsonNode value : key) {
      values.add(text(value));
    }
    return values;
  }

  private static String text(JsonNode value) throws Undecodable {
    if (value.isString()) {
      return value.stringValue();
    }
    if (value.isNumber() && !KeyTexts.isTooLong(value.decimalValue())) {
      return value.decimalValue().toPlainString();
    }
    throw refused("each record needs a 'table' and a 'key', of texts and numbers");
  }

  private static Undecodable refused(String why) {
    return new Undecodable(
        "A message with the prefix '" + PREFIX + "' names no records: " + why,
        new Reach.NoRecord());
  }
}
