package dev.overseer.store.log;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.overseer.store.disk.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * Writes a sealed segment anew, packed: its records in large compressed blocks, behind a header
 * that says the SHA-256 of the segment before it.
 */
final class SegmentPacker {
  /** zstd's levels. On the demo's traffic higher ones than the usual one save one percent. */
  enum Effort {
    USUAL(6),
    /** Costs up to five percent more room, and half the processor's time. */
    HURRIED(3);

    private final int level;

    Effort(int level) {
      this.level = level;
    }
  }

  private final Path directory;
  private final UUID identity;
  private final int blockBytes;

  /**
   * @param blockBytes a packed block takes no more records once they are so many bytes
   */
  SegmentPacker(Path directory, UUID identity, int blockBytes) {
    this.directory = directory;
    this.identity = identity;
    this.blockBytes = blockBytes;
  }

  /** Adds a block's records, or what is to stand in their places, to a larger block. */
  @FunctionalInterface
  interface Copying {
    void copy(Block block, BlockBuilder into);
  }

  /** Replaces the segment's file at one instant. Returns the SHA-256 of the new one. */
  Sha256 pack(Segment segment, Sha256 previous, Effort effort) {
    return write(segment.file(), segment, segment.header().after(previous), effort, Block::addTo);
  }

  /** Makes a file of the segment's records. Returns its SHA-256. */
  Sha256 write(Path file, Segment segment, SegmentHeader header, Effort effort, Copying copying) {
    MessageDigest digest = Sha256.digest();
    Disk.create(
        directory,
        file,
        into -> {
          try (Output output = new Output(segment, header, effort, copying, into, digest)) {
            output.write();
          }
        });
    return Sha256.of(digest.digest());
  }

  /** One packed segment, while it is being written. */
  private final class Output implements AutoCloseable {
    private final Segment segment;
    private final SegmentHeader header;
    private final Copying copying;
    private final RandomAccessFile into;
    private final MessageDigest digest;
    private final ZstdCompressCtx zstd;
    private final BlockBuilder builder = new BlockBuilder(2 * blockBytes);
    private BlockTable table;

    Output(
        Segment segment,
        SegmentHeader header,
        Effort effort,
        Copying copying,
        RandomAccessFile into,
        MessageDigest digest) {
      this.segment = segment;
      this.header = header;
      this.copying = copying;
      this.zstd = new ZstdCompressCtx().setLevel(effort.level);
      this.into = into;
      this.digest = digest;
      this.table = BlockTable.empty(segment.first(), header.length());
    }

    void write() throws IOException {
      put(header.toBytes());
      BlockTable from = segment.table();
      long durable = 0;
      builder.begin(segment.first());
      for (int i = 0; i < from.count(); i++) {
        Block block = segment.read(from, i);
        copying.copy(block, builder);
        durable = block.durable();
        if (builder.blockLength() >= blockBytes) {
          putBlock(durable);
        }
      }
      if (builder.count() > 0) {
        putBlock(durable);
      }
      put(SegmentFooter.toBytes(table, segment.first(), identity));
    }

    private void putBlock(long durable) throws IOException {
      Block block = builder.finish(identity, durable);
      byte[] packed = PackedBlock.pack(block, identity, zstd);
      put(packed);
      table = table.with(block.end(), packed.length);
      builder.begin(block.end());
    }

    private void put(byte[] bytes) throws IOException {
      into.write(bytes);
      digest.update(bytes);
    }

    @Override
    public void close() {
      zstd.close();
    }
  }
}
