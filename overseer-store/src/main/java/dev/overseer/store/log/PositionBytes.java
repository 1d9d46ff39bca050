package dev.overseer.store.log;

import dev.overseer.model.ChunkPosition;
import dev.overseer.model.CorruptStore;
import dev.overseer.model.Lsn;
import dev.overseer.model.SourcePosition;

/** A source position in stored records: an octet for its kind, then what the kind needs. */
public final class PositionBytes {
  private static final int LSN = 1;
  private static final int CHUNK = 2;

  private PositionBytes() {}

  public static ByteWriter write(ByteWriter writer, SourcePosition position) {
    return switch (position) {
      case Lsn lsn -> writer.octet(LSN).fixed(lsn.value());
      case ChunkPosition(Lsn at, long number) ->
          writer.octet(CHUNK).fixed(at.value()).number(number);
    };
  }

  public static SourcePosition read(ByteReader reader) {
    int kind = reader.octet();
    return switch (kind) {
      case LSN -> new Lsn(reader.fixed());
      case CHUNK -> new ChunkPosition(new Lsn(reader.fixed()), reader.number());
      default -> throw new CorruptStore("No kind of source position has the number " + kind);
    };
  }
}
