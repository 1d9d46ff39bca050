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
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How records, tables and references become ordered keys. Models and references are numbered in the
 * order of their names, which is why an index serves only the definitions it was made with.
 *
 * <pre>
 * a record    see RecordBytes
 * an update   its record or table  effective time (8, sign flipped)  offset of the change (8)
 * a referrer  the target record  shape of the referrer (2)  reference (1)  its values
 * </pre>
 *
 * Numbers are big-endian. Records have no order that anyone asks for, see {@link
 * dev.overseer.store.keyvalue.Space} for the one that they have.
 */
final class IndexKeys {
  static final int UPDATE_BYTES = 16;
  private static final int NAMES_COMPARED_MAX = 8;

  private final List<ModelDefinition> models;
  private final Map<ModelName, Integer> numbers = new HashMap<>();

  /** Of the first models: comparing a few names is faster than asking a map. */
  private final ModelName[] names;

  private final List<List<ReferenceName>> references = new ArrayList<>();

  /**
   * @throws InvalidRequest when there are more models than an index can number
   */
  IndexKeys(Definitions definitions) {
    if (definitions.models().size() > RecordBytes.MODELS_MAX) {
      throw new InvalidRequest(
          "There are %d models, and an index has room for %d"
              .formatted(definitions.models().size(), RecordBytes.MODELS_MAX));
    }
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
    return RecordBytes.write(number(record.model()), record.values());
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
    int shape = RecordBytes.shapeOf(referrer);
    ByteWriter bytes =
        new ByteWriter(target.length + referrer.length + 1)
            .raw(target)
            .octet(shape >>> Byte.SIZE)
            .octet(shape)
            .octet(reference);
    RecordBytes.appendValues(bytes, referrer);
    return bytes.toBytes();
  }

  /**
   * @param prefix how many bytes of {@code key} are the target's
   */
  MasterDocument.Inbound readReferrer(byte[] key, int prefix) {
    ByteBuffer buffer = ByteBuffer.wrap(key, prefix, key.length - prefix);
    int shape = buffer.getShort() & 0xFFFF;
    int model = RecordBytes.modelOf(shape);
    ReferenceName name = references.get(model).get(buffer.get() & 0xFF);
    List<String> values = RecordBytes.readValues(RecordBytes.sizeOf(shape), buffer);
    return new MasterDocument.Inbound(name, record(model, values));
  }

  RecordKey readRecord(byte[] key) {
    return record(modelOf(key), RecordBytes.valuesOf(key));
  }

  /** The number of a record's model. */
  static int modelOf(byte[] record) {
    return RecordBytes.modelOf(RecordBytes.shapeOf(record));
  }

  BitSet numbers(Set<ModelName> some) {
    BitSet wanted = new BitSet();
    some.forEach(model -> wanted.set(number(model)));
    return wanted;
  }

  private RecordKey record(int model, List<String> values) {
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
