package dev.overseer.ingestion.spool;

import dev.overseer.ingestion.SourceLost;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The messages of a {@link Spool} in their order; holds one block of them in memory. */
public final class SpoolReader implements AutoCloseable {
  private final Path file;
  private final int number;
  private final int blocks;
  private final @Nullable RandomAccessFile access;
  private ByteBuffer block = ByteBuffer.allocate(0);
  private int read;
  private int xid;
  private long messageNumber;
  private byte[] message = {};

  private SpoolReader(Path file, int number, int blocks, @Nullable RandomAccessFile access) {
    this.file = file;
    this.number = number;
    this.blocks = blocks;
    this.access = access;
  }

  static SpoolReader open(Path file, int number, int blocks) throws SourceLost {
    try {
      RandomAccessFile access = blocks == 0 ? null : new RandomAccessFile(file.toFile(), "r");
      return new SpoolReader(file, number, blocks, access);
    } catch (IOException e) {
      throw SpoolDirectory.refused(file, "opened", e);
    }
  }

  /**
   * Moves to the next message.
   *
   * @return false when there is no more
   * @throws SourceLost when the file is not what was written
   */
  public boolean next() throws SourceLost {
    if (!block.hasRemaining() && !nextBlock()) {
      return false;
    }
    xid = block.getInt();
    messageNumber = block.getLong();
    message = new byte[block.getInt()];
    block.get(message);
    return true;
  }

  private boolean nextBlock() throws SourceLost {
    if (access == null || read == blocks) {
      return false;
    }
    try {
      int length = access.readInt();
      int checksum = access.readInt();
      if (length <= Spool.MESSAGE_HEAD || length > access.length() - access.getFilePointer()) {
        throw damaged();
      }
      byte[] body = new byte[length];
      access.readFully(body);
      if (Spool.checksum(number, read, body, 0, length) != checksum) {
        throw damaged();
      }
      block = ByteBuffer.wrap(body);
      read++;
      return true;
    } catch (EOFException e) {
      throw damaged();
    } catch (IOException e) {
      throw SpoolDirectory.refused(file, "read", e);
    }
  }

  private SourceLost damaged() {
    return new SourceLost(
        "Block %d of the side file %s is not what was written; the source sends it again"
            .formatted(read, file));
  }

  /** The (sub)transaction of the message moved to. */
  public int xid() {
    return xid;
  }

  /** The number that the message moved to was given. */
  public long number() {
    return messageNumber;
  }

  /** The message moved to; the caller's. */
  public byte[] message() {
    return message;
  }

  @Override
  public void close() throws SourceLost {
    try {
      if (access != null) {
        access.close();
      }
    } catch (IOException e) {
      throw SpoolDirectory.refused(file, "closed", e);
    }
  }
}
