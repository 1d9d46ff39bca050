package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.Lsn;
import dev.overseer.model.SourcePosition;

/** A source position in stored records: an octet for its kind, then what the kind needs. */
public final class PositionBytes {
  private static final int LSN = 1;

  private PositionBytes() {}

  public static ByteWriter write(ByteWriter writer, SourcePosition position) {
    return switch (position) {
      case Lsn lsn -> writer.octet(LSN).fixed(lsn.value());
    };
  }

  public static SourcePosition read(ByteReader reader) {
    int kind = reader.octet();
    if (kind != LSN) {
      throw new CorruptStore("No kind of source position has the number " + kind);
    }
    return new Lsn(reader.fixed());
  }
}
