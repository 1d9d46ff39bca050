package dev.overseer.store.index;

import dev.overseer.model.AsOf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All truncations in memory, because every fold of a table's records asks for them and there are
 * few. Written by one thread, read by many.
 */
final class Truncations {
  private final Map<ByteBuffer, List<IndexedUpdate>> byTable = new ConcurrentHashMap<>();

  boolean isEmpty() {
    return byTable.isEmpty();
  }

  /** To be called in the source's order; what comes again changes nothing. */
  void add(byte[] table, IndexedUpdate truncation) {
    byTable.merge(
        ByteBuffer.wrap(table),
        List.of(truncation),
        (earlier, added) -> {
          if (truncation.change().compareTo(earlier.getLast().change()) <= 0) {
            return earlier;
          }
          List<IndexedUpdate> all = new ArrayList<>(earlier);
          all.addAll(added);
          return all;
        });
  }

  List<IndexedUpdate> of(byte[] table, AsOf asOf) {
    return SourceOrder.upTo(asOf, byTable.getOrDefault(ByteBuffer.wrap(table), List.of()));
  }
}
