package dev.overseer.store.index;

import dev.overseer.model.ChangeDecoder;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import dev.overseer.model.ReferenceName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A wire format for tests: {@code key}, {@code key>reference} or {@code old=key>reference}. */
final class TextFormat implements ChangeDecoder {
  static byte[] raw(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Decoded decode(LogRecord.Schema schema, LogRecord.Change change, ModelDefinition model)
      throws Undecodable {
    String text = new String(change.raw(), StandardCharsets.UTF_8);
    if (text.contains("?")) {
      throw new Undecodable("it has a question mark");
    }
    String[] keys = text.split(">", 2)[0].split("=", 2);
    return new Decoded(
        Optional.of(RecordKey.of(model.name(), keys[keys.length - 1])),
        keys.length == 2 ? Optional.of(RecordKey.of(model.name(), keys[0])) : Optional.empty(),
        references(text, model));
  }

  private static List<Reference> references(String text, ModelDefinition model) {
    String[] parts = text.split(">", 2);
    return parts.length < 2
        ? List.of()
        : model.references().entrySet().stream()
            .map(entry -> reference(entry.getKey(), entry.getValue(), parts[1]))
            .toList();
  }

  private static Reference reference(
      ReferenceName name, ModelDefinition.ReferenceDefinition definition, String target) {
    return new Reference(name, RecordKey.of(definition.target(), target));
  }
}
