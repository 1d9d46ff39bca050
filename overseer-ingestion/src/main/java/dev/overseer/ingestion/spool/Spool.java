package dev.overseer.ingestion.spool;

import dev.overseer.ingestion.SourceLost;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One transaction's messages, in a file of its own until the transaction ends.
 *
 * <p>The file is a run of blocks: the length of the body (4 bytes), a checksum of the file's
 * number, the block's number and the body (4), and the body: for each message its transaction (4),
 * its number (8), its length (4) and its bytes.
 */
public final class Spool {
  static final int BLOCK_HEAD = 8;
  static final int MESSAGE_HEAD = 16;
  private static final int BLOCK_BYTES = 64 * 1024;

  private final Path file;
  private final int number;
  private @Nullable RandomAccessFile access;
  private ByteBuffer block = ByteBuffer.allocate(0);
  private int blocks;
  private long bytes;

  Spool(Path file, int number) {
    this.file = file;
    this.number = number;
  }

  /**
   * @param message the slice {@code [from, to)} of these bytes, which may be reused afterwards
   * @param number given back with the message
   */
  public void append(int xid, long number, byte[] message, int from, int to) throws SourceLost {
    int length = to - from;
    room(MESSAGE_HEAD + length)
        .putInt(xid)
        .putLong(number)
        .putInt(length)
        .put(message, from, length);
  }

  private ByteBuffer room(int needed) throws SourceLost {
    if (block.remaining() < needed) {
      writeBlock();
    }
    if (block.remaining() < needed) {
      block = ByteBuffer.allocate(Math.max(BLOCK_BYTES, BLOCK_HEAD + needed));
      block.position(BLOCK_HEAD);
    }
    return block;
  }

  private void writeBlock() throws SourceLost {
    if (block.position() <= BLOCK_HEAD) {
      return;
    }
    int length = block.position() - BLOCK_HEAD;
    block.putInt(0, length).putInt(4, checksum(number, blocks, block.array(), BLOCK_HEAD, length));
    try {
      RandomAccessFile open = access == null ? new RandomAccessFile(file.toFile(), "rw") : access;
      access = open;
      open.seek(bytes);
      open.write(block.array(), 0, block.position());
    } catch (IOException e) {
      throw SpoolDirectory.refused(file, "written", e);
    }
    bytes += block.position();
    blocks++;
    block = block.position(BLOCK_HEAD);
  }

  static int checksum(int number, int block, byte[] bytes, int from, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(ByteBuffer.allocate(8).putInt(number).putInt(block).flip());
    checksum.update(bytes, from, length);
    return (int) checksum.getValue();
  }

  /** Writes out and closes the file; it may be appended to again. */
  public void suspend() throws SourceLost {
    writeBlock();
    block = ByteBuffer.allocate(0);
    close();
  }

  /** How much of it is on disk. */
  public long bytes() {
    return bytes;
  }

  /** From the first message on; nothing may be appended any more. */
  public SpoolReader read() throws SourceLost {
    suspend();
    return SpoolReader.open(file, number, blocks);
  }

  public void delete() throws SourceLost {
    close();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw SpoolDirectory.refused(file, "deleted", e);
    }
  }

  private void close() throws SourceLost {
    try {
      if (access != null) {
        access.close();
      }
    } catch (IOException e) {
      throw SpoolDirectory.refused(file, "closed", e);
    } finally {
      access = null;
    }
  }
}
