package dev.overseer.store.index;

import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.RecordKey;
import dev.overseer.model.TotalDefinition;
import dev.overseer.store.log.ByteWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How buckets become ordered keys. Totals are numbered in the order of their texts, which is why an
 * index serves only the definitions it was made with.
 *
 * <pre>
 * a bucket   hash of the rest (4)  total (2)  number of values (1; FF: untold)  the key's values
 *            00 always, 01 and the window's begin (8), or 02 untold
 * a part     the bucket  01  its name
 * an entry   the bucket  02  the part's name  effective time (8, sign flipped)  change (8)
 * a seeker   the bucket  03  the values of the root's key
 * a value    see KeyText
 * </pre>
 */
final class TotalKeys {
  private static final int PART = 1;
  private static final int ENTRY = 2;
  private static final int SEEKER = 3;
  private static final int UNTOLD = 0xFF;

  private final Map<String, Integer> numbers = new HashMap<>();

  TotalKeys(Definitions definitions) {
    definitions.totals().forEach(total -> numbers.put(total.keptText(), numbers.size()));
  }

  byte[] bucket(Bucket bucket) {
    ByteWriter bytes = new ByteWriter(128).fixedInt(0);
    int number = number(bucket.total());
    bytes.octet(number >>> 8).octet(number);
    switch (bucket.key()) {
      case Bucket.Key.Untold() -> bytes.octet(UNTOLD);
      case Bucket.Key.Of(List<String> values) -> {
        bytes.octet(values.size());
        values.forEach(value -> KeyText.append(bytes, value));
      }
    }
    switch (bucket.when()) {
      case Bucket.When.Always() -> bytes.octet(0);
      case Bucket.When.From(var instant) ->
          bytes.octet(1).fixed(EffectiveTime.of(instant).micros());
      case Bucket.When.Untold() -> bytes.octet(2);
    }
    return bytes.fixedIntAt(0, RecordBytes.hash(bytes)).toBytes();
  }

  private int number(TotalDefinition total) {
    Integer number = numbers.get(total.keptText());
    if (number == null) {
      throw new InvalidRequest("The index was made without the " + total.keptText());
    }
    return number;
  }

  static byte[] parts(byte[] bucket) {
    return begin(bucket, PART).toBytes();
  }

  static byte[] part(byte[] bucket, String name) {
    ByteWriter bytes = begin(bucket, PART);
    KeyText.append(bytes, name);
    return bytes.toBytes();
  }

  static String readPart(byte[] bucket, byte[] key) {
    return KeyText.read(rest(bucket, key));
  }

  /** Its entries are keyed as a record's updates are. */
  static byte[] entries(byte[] bucket, String part) {
    ByteWriter bytes = begin(bucket, ENTRY);
    KeyText.append(bytes, part);
    return bytes.toBytes();
  }

  static byte[] seekers(byte[] bucket) {
    return begin(bucket, SEEKER).toBytes();
  }

  static byte[] seeker(byte[] bucket, RecordKey root) {
    ByteWriter bytes = begin(bucket, SEEKER);
    root.values().forEach(value -> KeyText.append(bytes, value));
    return bytes.toBytes();
  }

  static RecordKey readSeeker(Bucket bucket, byte[] owner, byte[] key) {
    ByteBuffer buffer = rest(owner, key);
    List<String> values = new ArrayList<>();
    while (buffer.hasRemaining()) {
      values.add(KeyText.read(buffer));
    }
    return new RecordKey(bucket.total().root(), values);
  }

  private static ByteWriter begin(byte[] bucket, int kind) {
    return new ByteWriter(bucket.length + 32).raw(bucket).octet(kind);
  }

  private static ByteBuffer rest(byte[] bucket, byte[] key) {
    int from = bucket.length + 1;
    return ByteBuffer.wrap(key, from, key.length - from);
  }
}
