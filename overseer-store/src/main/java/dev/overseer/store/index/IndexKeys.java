package dev.overseer.store.index;

import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.MasterDocument;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import dev.overseer.model.ReferenceName;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.store.log.ByteWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How records, tables and references become ordered keys. Models and references are numbered in the
 * order of their names, which is why an index serves only the definitions it was made with.
 *
 * <pre>
 * a record    hash of the rest (8)  model (2)  number of values (1)  its key's values
 * a value     see KeyText
 * an update   its record or table  effective time (8, sign flipped)  offset of the change (8)
 * a referrer  the target record  referring model (2)  reference (1)  values of the referrer
 * </pre>
 *
 * Numbers are big-endian. The hash makes a group of what is read together, see {@link
 * dev.overseer.store.keyvalue.Space}; records have no order that anyone asks for.
 */
final class IndexKeys {
  static final int UPDATE_BYTES = 16;
  static final int GROUP_BYTES = 8;

  private static final int MODEL_BYTES = 2;

  /** Where the values begin in a record's key, after the number of them. */
  static final int VALUES_AT = GROUP_BYTES + MODEL_BYTES + 1;

  private static final int NAMES_COMPARED_MAX = 8;
  private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;

  private final List<ModelDefinition> models;
  private final Map<ModelName, Integer> numbers = new HashMap<>();

  /** Of the first models: comparing a few names is faster than asking a map. */
  private final ModelName[] names;

  private final List<List<ReferenceName>> references = new ArrayList<>();

  IndexKeys(Definitions definitions) {
    models = definitions.models().stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
    names =
        models.stream()
            .limit(NAMES_COMPARED_MAX)
            .map(ModelDefinition::name)
            .toArray(ModelName[]::new);
    for (int i = 0; i < models.size(); i++) {
      numbers.put(models.get(i).name(), i);
      references.add(models.get(i).references().keySet().stream().sorted().toList());
    }
  }

  byte[] record(RecordKey record) {
    return startRecord(record).toBytes();
  }

  byte[] table(SourceName source, TableName table) {
    ByteWriter bytes = new ByteWriter(64);
    KeyText.append(bytes, source.value());
    KeyText.append(bytes, table.schema());
    KeyText.append(bytes, table.name());
    return bytes.toBytes();
  }

  static byte[] update(byte[] owner, EffectiveTime time, LogOffset change) {
    return ByteBuffer.allocate(owner.length + UPDATE_BYTES)
        .put(owner)
        .putLong(time.micros() ^ Long.MIN_VALUE)
        .putLong(change.value())
        .array();
  }

  static byte[] beforeUpdates(byte[] owner) {
    return update(owner, EffectiveTime.MIN, LogOffset.ZERO);
  }

  /** The key after every update of {@code owner} up to {@code cut}, inclusive. */
  static byte[] afterUpdates(byte[] owner, EffectiveTime cut) {
    return update(owner, cut, LogOffset.MAX);
  }

  static byte[] ownerOf(byte[] update) {
    return Arrays.copyOf(update, update.length - UPDATE_BYTES);
  }

  static EffectiveTime timeOf(byte[] update) {
    long flipped = ByteBuffer.wrap(update).getLong(update.length - UPDATE_BYTES);
    return new EffectiveTime(flipped ^ Long.MIN_VALUE);
  }

  static LogOffset changeOf(byte[] update) {
    return new LogOffset(ByteBuffer.wrap(update).getLong(update.length - Long.BYTES));
  }

  /** Made of the keys of both records, which the caller has already. */
  static byte[] referrer(byte[] target, int reference, byte[] referrer) {
    int values = referrer.length - VALUES_AT;
    return ByteBuffer.allocate(target.length + MODEL_BYTES + 1 + values)
        .put(target)
        .put(referrer, GROUP_BYTES, MODEL_BYTES)
        .put((byte) reference)
        .put(referrer, VALUES_AT, values)
        .array();
  }

  /**
   * @param prefix how many bytes of {@code key} are the target's
   */
  MasterDocument.Inbound readReferrer(byte[] key, int prefix) {
    ByteBuffer buffer = ByteBuffer.wrap(key, prefix, key.length - prefix);
    int model = buffer.getShort() & 0xFFFF;
    ReferenceName name = references.get(model).get(buffer.get() & 0xFF);
    return new MasterDocument.Inbound(name, readValues(model, buffer));
  }

  RecordKey readRecord(byte[] key) {
    ByteBuffer buffer = ByteBuffer.wrap(key, GROUP_BYTES, key.length - GROUP_BYTES);
    int model = buffer.getShort() & 0xFFFF;
    buffer.get(); // how many values follow, which is until the end
    return readValues(model, buffer);
  }

  private RecordKey readValues(int model, ByteBuffer buffer) {
    List<String> values = new ArrayList<>();
    while (buffer.hasRemaining()) {
      values.add(KeyText.read(buffer));
    }
    return new RecordKey(models.get(model).name(), values);
  }

  int numberOf(ModelName model, ReferenceName reference) {
    int number = references.get(number(model)).indexOf(reference);
    if (number < 0) {
      throw new InvalidRequest(
          "The index was made without a reference '%s' of model '%s'".formatted(reference, model));
    }
    return number;
  }

  Reference reference(ModelName model, int number, List<String> target) {
    int holder = number(model);
    ReferenceName name = references.get(holder).get(number);
    ModelDefinition.ReferenceDefinition definition = models.get(holder).references().get(name);
    if (definition == null) {
      throw new InvalidRequest("Model '%s' has no reference '%s'".formatted(model, name));
    }
    return new Reference(name, new RecordKey(definition.target(), target));
  }

  private ByteWriter startRecord(RecordKey record) {
    ByteWriter bytes = new ByteWriter(128).fixed(0);
    appendModel(bytes, record.model());
    bytes.octet(record.values().size());
    record.values().forEach(value -> KeyText.append(bytes, value));
    return bytes.fixedAt(0, hash(bytes));
  }

  /** Of all but the first bytes, where it belongs. */
  static long hash(ByteWriter bytes) {
    long hash = 0;
    for (int at = GROUP_BYTES; at < bytes.length(); at += Long.BYTES) {
      hash = (hash ^ bytes.upToEightAt(at)) * HASH_FACTOR;
      hash ^= hash >>> 32;
    }
    return hash;
  }

  private void appendModel(ByteWriter bytes, ModelName model) {
    int number = number(model);
    bytes.octet(number >>> 8).octet(number);
  }

  private int number(ModelName model) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(model)) {
        return i;
      }
    }
    Integer number = numbers.get(model);
    if (number == null) {
      throw new InvalidRequest("The index was made without a model '" + model + "'");
    }
    return number;
  }
}
