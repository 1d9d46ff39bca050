package dev.overseer.store.index;

import dev.overseer.model.Definitions;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.TotalDefinition;
import dev.overseer.store.log.ByteReader;
import dev.overseer.store.log.ByteWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an index was made of: the form of its entries, the log, the models and the totals. An index
 * of another identity is of no use, and another one is made.
 *
 * @param models the definitions of all models and totals, in one canonical text
 */
public record IndexIdentity(int form, UUID log, String models) {
  static final int FORM = 8;
  private static final int GENERATION_BYTES = 8;

  public static IndexIdentity of(UUID log, Definitions definitions) {
    Stream<String> models =
        definitions.models().stream()
            .sorted(Comparator.comparing(ModelDefinition::name))
            .map(IndexIdentity::canonical);
    Stream<String> totals = definitions.totals().stream().map(TotalDefinition::keptText);
    String all = Stream.concat(models, totals).collect(Collectors.joining("\n"));
    return new IndexIdentity(FORM, log, all);
  }

  private static String canonical(ModelDefinition model) {
    String references =
        model.references().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","));
    return "%s %s %s %s {%s}"
        .formatted(model.name(), model.source(), model.table(), model.key(), references);
  }

  /** What distinguishes the two, in words; nothing if they are equal. */
  Optional<String> differenceTo(IndexIdentity wanted) {
    if (form != wanted.form) {
      return Optional.of("it has form %d, not %d".formatted(form, wanted.form));
    }
    if (!log.equals(wanted.log)) {
      return Optional.of("it is of the log %s, not %s".formatted(log, wanted.log));
    }
    return models.equals(wanted.models) ? Optional.empty() : Optional.of("the models changed");
  }

  /** Names the directory of an index of this identity: sixteen hexadecimal digits. */
  String generation() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(toBytes());
      return HexFormat.of().formatHex(digest, 0, GENERATION_BYTES);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java has SHA-256", missing);
    }
  }

  byte[] toBytes() {
    return new ByteWriter(256)
        .number(form)
        .fixed(log.getMostSignificantBits())
        .fixed(log.getLeastSignificantBits())
        .text(models)
        .toBytes();
  }

  static IndexIdentity read(byte[] bytes) {
    ByteReader reader = new ByteReader(bytes, 0, bytes.length);
    return new IndexIdentity(
        reader.size(), new UUID(reader.fixed(), reader.fixed()), reader.text());
  }
}
