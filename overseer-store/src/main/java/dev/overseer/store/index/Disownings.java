package dev.overseer.store.index;

import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.SourceName;
import dev.overseer.store.keyvalue.KeyRange;
import dev.overseer.store.log.ByteReader;
import dev.overseer.store.log.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All of them in memory, because there are hardly ever any. Written by one thread, read by many.
 */
final class Disownings {
  private static final byte[] PREFIX = "disowning/".getBytes(StandardCharsets.UTF_8);

  private final List<Disowning> all = new CopyOnWriteArrayList<>();

  /** Where they are in the index's state. */
  static KeyRange range() {
    return KeyRange.prefix(PREFIX);
  }

  static byte[] key(Disowning disowning) {
    return new ByteWriter(32).raw(PREFIX).fixed(disowning.known().value()).toBytes();
  }

  static byte[] value(Disowning disowning) {
    return new ByteWriter(64)
        .text(disowning.source().value())
        .number(disowning.first().value())
        .number(disowning.known().value())
        .signed(disowning.from().micros())
        .toBytes();
  }

  static Disowning read(byte[] value) {
    ByteReader reader = new ByteReader(value, 0, value.length);
    return new Disowning(
        new SourceName(reader.text()),
        new LogOffset(reader.number()),
        new LogOffset(reader.number()),
        new EffectiveTime(reader.signed()));
  }

  /** What comes again changes nothing. */
  void add(Disowning disowning) {
    if (!all.contains(disowning)) {
      all.add(disowning);
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Those of the source's updates that count at {@code asOf}. */
  List<IndexedUpdate> without(SourceName source, AsOf asOf, List<IndexedUpdate> updates) {
    return updates.stream().filter(update -> hiding(source, asOf, update).isEmpty()).toList();
  }

  /** Why one of the source's updates does not count at {@code asOf}, if it does not. */
  Optional<Disowning> hiding(SourceName source, AsOf asOf, IndexedUpdate update) {
    return all.stream()
        .filter(it -> it.source().equals(source) && it.hides(update.commit(), asOf))
        .findFirst();
  }
}
