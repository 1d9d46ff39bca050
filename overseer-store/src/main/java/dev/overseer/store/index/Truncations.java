package dev.overseer.store.index;

import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * All truncations in memory, because every fold of a table's records asks for them and there are
 * few. Written by one thread, read by many.
 */
final class Truncations {
  private static final Comparator<IndexedUpdate> SOURCE_ORDER =
      Comparator.comparing(IndexedUpdate::effectiveTime).thenComparing(IndexedUpdate::change);

  private final Map<ByteBuffer, List<IndexedUpdate>> byTable = new ConcurrentHashMap<>();

  boolean isEmpty() {
    return byTable.isEmpty();
  }

  void add(byte[] table, IndexedUpdate truncation) {
    byTable.merge(
        ByteBuffer.wrap(table),
        List.of(truncation),
        (earlier, added) ->
            Stream.concat(earlier.stream(), added.stream())
                .distinct()
                .sorted(SOURCE_ORDER)
                .toList());
  }

  List<IndexedUpdate> of(byte[] table, AsOf asOf) {
    EffectiveTime cut = asOf.cut();
    return byTable.getOrDefault(ByteBuffer.wrap(table), List.of()).stream()
        .filter(update -> !update.effectiveTime().isAfter(cut))
        .filter(update -> update.commit().compareTo(asOf.knownAt()) < 0)
        .toList();
  }
}
