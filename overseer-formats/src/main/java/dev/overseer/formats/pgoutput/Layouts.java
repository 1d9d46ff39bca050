package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder.Undecodable;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Spares parsing a table's schema for each of its changes. Found by content, so that it does not
 * matter how often the schema was read from the log anew. Safe for many threads.
 */
final class Layouts {
  private static final int SIZE_MAX = 10_000;

  private final Map<Content, Layout> layouts = new ConcurrentHashMap<>();

  Layout of(byte[] schema) throws Undecodable {
    Content content = new Content(schema, Arrays.hashCode(schema));
    Layout layout = layouts.get(content);
    if (layout == null) {
      layout = new Layout(PgOutputParser.parseRelation(schema));
      if (layouts.size() >= SIZE_MAX) {
        layouts.clear();
      }
      layouts.put(content, layout);
    }
    return layout;
  }

  private record Content(byte[] bytes, int hash) {
    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Content(byte[] otherBytes, _) && Arrays.equals(bytes, otherBytes);
    }
  }
}
