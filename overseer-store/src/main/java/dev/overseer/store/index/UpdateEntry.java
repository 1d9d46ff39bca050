package dev.overseer.store.index;

import dev.overseer.model.LogOffset;
import dev.overseer.model.ModelName;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.model.Reference;
import dev.overseer.store.log.ByteReader;
import dev.overseer.store.log.ByteWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The value beside an update's key: its operation's code and its role's number (an octet each), how
 * many records the commit comes after the change, and the references that the update carried: for
 * each the reference's number, and the size and the values of its target as {@link RecordBytes} has
 * them.
 */
final class UpdateEntry {
  private static final List<Role> ROLES = List.of(Role.SAME_KEY, Role.NEW_KEY, Role.OLD_KEY);

  private UpdateEntry() {}

  static byte[] write(IndexedUpdate update) {
    return begin(update).toBytes();
  }

  /** The entry without references, which {@link #add} adds. */
  static ByteWriter begin(IndexedUpdate update) {
    return new ByteWriter(64)
        .octet(update.operation().code())
        .octet(code(update.role()))
        .number(update.commit().value() - update.change().value());
  }

  /**
   * @param reference its number, one that no earlier update of the record has beside it
   * @param target the key of the record that it points to
   */
  static void add(ByteWriter entry, int reference, byte[] target) {
    entry.octet(reference).octet(RecordBytes.sizeOf(RecordBytes.shapeOf(target)));
    RecordBytes.appendValues(entry, target);
  }

  private static int code(Role role) {
    return switch (role) {
      case SAME_KEY -> 0;
      case NEW_KEY -> 1;
      case OLD_KEY -> 2;
    };
  }

  static IndexedUpdate readUpdate(byte[] key, byte[] entry) {
    return readUpdate(key, new ByteReader(entry, 0, entry.length));
  }

  static IndexedUpdate readUpdate(byte[] key, ByteReader reader) {
    Operation operation = Operation.of((char) reader.octet());
    Role role = ROLES.get(reader.octet());
    LogOffset change = IndexKeys.changeOf(key);
    return new IndexedUpdate(
        IndexKeys.timeOf(key), change, change.plus(reader.number()), operation, role);
  }

  static List<Reference> readReferences(byte[] key, byte[] entry, ModelName model, IndexKeys keys) {
    ByteReader reader = new ByteReader(entry, 0, entry.length);
    readUpdate(key, reader);
    ByteBuffer rest = ByteBuffer.wrap(reader.rest());
    List<Reference> references = new ArrayList<>();
    while (rest.hasRemaining()) {
      int number = rest.get() & 0xFF;
      List<String> target = RecordBytes.readValues(rest.get() & 0xFF, rest);
      references.add(keys.reference(model, number, target));
    }
    return references;
  }
}
