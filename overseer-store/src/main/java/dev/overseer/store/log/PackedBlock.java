package dev.overseer.store.log;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Optional;
import java.util.UUID;

/**
 * A {@link Block} as a packed segment holds it: the body compressed with zstd. In the compressed
 * body the records' lengths stand where the block has their ends, since lengths repeat.
 */
final class PackedBlock {
  private PackedBlock() {}

  static byte[] pack(Block block, UUID identity, ZstdCompressCtx zstd) {
    byte[] body = block.body();
    endsToLengths(body, block.count());
    byte[] compressed = zstd.compress(body);
    byte[] packed = new byte[Block.HEADER_LENGTH + compressed.length];
    System.arraycopy(block.bytes(), 0, packed, 0, Block.HEADER_LENGTH);
    System.arraycopy(compressed, 0, packed, Block.HEADER_LENGTH, compressed.length);
    Block.INT.set(packed, Block.STORED_LENGTH_AT, compressed.length);
    packed[Block.CODEC_AT] = Block.CODEC_ZSTD;
    Block.INT.set(packed, Block.CRC_AT, Block.crc(packed, packed.length, identity));
    return packed;
  }

  /** Of bytes whose checksum is right; empty if they are not a block all the same. */
  static Optional<Block> unpack(byte[] packed) {
    int length = (int) Block.INT.get(packed, Block.BODY_LENGTH_AT);
    int count = (int) Block.INT.get(packed, Block.COUNT_AT);
    byte[] bytes = new byte[Block.HEADER_LENGTH + length];
    System.arraycopy(packed, 0, bytes, 0, Block.HEADER_LENGTH);
    long unpacked =
        Zstd.decompressByteArray(
            bytes,
            Block.HEADER_LENGTH,
            length,
            packed,
            Block.HEADER_LENGTH,
            packed.length - Block.HEADER_LENGTH);
    if (Zstd.isError(unpacked) || unpacked != length) {
      return Optional.empty();
    }
    lengthsToEnds(bytes, count);
    return Optional.of(new Block(bytes));
  }

  private static void endsToLengths(byte[] body, int count) {
    int at = body.length - count * Block.END_LENGTH;
    int before = Block.HEADER_LENGTH;
    for (int i = 0; i < count; i++, at += Block.END_LENGTH) {
      int end = (int) Block.INT.get(body, at);
      Block.INT.set(body, at, end - before);
      before = end;
    }
  }

  private static void lengthsToEnds(byte[] bytes, int count) {
    int at = bytes.length - count * Block.END_LENGTH;
    int end = Block.HEADER_LENGTH;
    for (int i = 0; i < count; i++, at += Block.END_LENGTH) {
      end += (int) Block.INT.get(bytes, at);
      Block.INT.set(bytes, at, end);
    }
  }
}
