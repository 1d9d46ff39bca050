package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.LogRecord;
import dev.overseer.model.TreatedColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Spares parsing a table's schema for each of its changes. Found by content, so that it does not
 * matter how often the schema was read from the log anew. Safe for many threads.
 */
final class Layouts {
  private static final int SIZE_MAX = 10_000;

  private final Map<Content, Layout> layouts = new ConcurrentHashMap<>();
  private final Predicate<String> isErased;

  /**
   * @param isErased of a token of an encrypted column
   */
  Layouts(Predicate<String> isErased) {
    this.isErased = isErased;
  }

  Layout of(LogRecord.Schema schema) throws Undecodable {
    Content content =
        new Content(schema.bytes(), schema.treated(), Arrays.hashCode(schema.bytes()));
    Layout layout = layouts.get(content);
    if (layout == null) {
      layout = new Layout(PgOutputParser.parseRelation(schema.bytes()), schema.treated(), isErased);
      if (layouts.size() >= SIZE_MAX) {
        layouts.clear();
      }
      layouts.put(content, layout);
    }
    return layout;
  }

  private record Content(byte[] bytes, List<TreatedColumn> treated, int hash) {
    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Content(byte[] otherBytes, List<TreatedColumn> otherTreated, _)
          && Arrays.equals(bytes, otherBytes)
          && treated.equals(otherTreated);
    }
  }
}
