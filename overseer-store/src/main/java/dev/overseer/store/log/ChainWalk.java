package dev.overseer.store.log;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.LogOffset;
import dev.overseer.store.log.SegmentFiles.SegmentFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** One walk through all bytes of a log, up to the first damage. */
final class ChainWalk {
  private final String name;
  private final SegmentFiles files;
  private final LogVerification.Progress progress;
  private final LogVerification.Deletions deletions;
  private final Consumer<Block> blocks;

  private final List<ChainHead> heads = new ArrayList<>();
  private Optional<UUID> identity = Optional.empty();
  private boolean isChained = true;
  private long end;
  private long tornBytes;
  private int thinned;

  /** Ends the walk at the first damage. */
  private static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient LogDamage damage;

    Found(LogDamage damage) {
      super(damage.what(), null, false, false);
      this.damage = damage;
    }
  }

  /**
   * @param blocks hears every sound block
   */
  ChainWalk(
      String name,
      SegmentFiles files,
      LogVerification.Progress progress,
      LogVerification.Deletions deletions,
      Consumer<Block> blocks) {
    this.name = name;
    this.files = files;
    this.progress = progress;
    this.deletions = deletions;
    this.blocks = blocks;
  }

  VerifiedLog through(List<SegmentFile> list) {
    end = files.start().value();
    try {
      walk(list);
      return verified(Optional.empty());
    } catch (Found found) {
      return verified(Optional.of(found.damage));
    }
  }

  private VerifiedLog verified(Optional<LogDamage> damage) {
    return new VerifiedLog(
        name, files.start(), List.copyOf(heads), new LogOffset(end), tornBytes, thinned, damage);
  }

  private void walk(List<SegmentFile> list) {
    long all = list.stream().mapToLong(SegmentFile::length).sum();
    long done = 0;
    for (SegmentFile file : list) {
      walk(file, file.equals(list.getLast()));
      done += file.length();
      progress.verified(done, all);
    }
  }

  private void walk(SegmentFile file, boolean isLast) {
    SegmentBytes bytes = new SegmentBytes(files, file);
    SegmentHeader header = header(file, bytes);
    BlockTable table = blocks(bytes, header);
    end = table.end();
    if (bytes.left() == 0 && isLast && !header.isPacked()) {
      return;
    }
    byte[] footer = SegmentFooter.toBytes(table, header.first(), header.identity());
    if (Arrays.equals(bytes.peek(bytes.left()), footer)) {
      bytes.pass(footer);
    } else {
      refuseFooter(file, header, bytes, isLast);
    }
    if (header.isPacked()) {
      Sha256 sha256 = bytes.sha256();
      header.thinned().ifPresent(_ -> requireDeletionOnRecord(file, header, sha256));
      Sha256 asPacked = header.thinned().map(SegmentHeader.Thinned::original).orElse(sha256);
      heads.add(new ChainHead(name, header.identity(), new LogOffset(end), asPacked));
    }
  }

  private SegmentHeader header(SegmentFile file, SegmentBytes bytes) {
    SegmentHeader header = readHeader(file, bytes);
    if (!header.name().equals(name)
        || !identity.orElse(header.identity()).equals(header.identity())) {
      throw found(file, 0, "it belongs to another log");
    }
    if (header.first() != end || SegmentNames.firstOf(Path.of(file.name())) != end) {
      throw found(file, 0, "before it, records are missing or others were put in");
    }
    identity = Optional.of(header.identity());
    header.previous().ifPresent(previous -> requireChain(file, previous));
    isChained = header.isPacked();
    bytes.pass(bytes.peek(header.length()));
    return header;
  }

  private SegmentHeader readHeader(SegmentFile file, SegmentBytes bytes) {
    try {
      return SegmentHeader.read(Path.of(file.name()), bytes.peek(SegmentHeader.LENGTH_MAX));
    } catch (CorruptStore e) {
      throw found(file, 0, "its header is damaged");
    }
  }

  /** A wrong SHA-256 says that the file before is another than it was, or that this one is. */
  private void requireChain(SegmentFile file, Sha256 previous) {
    if (heads.isEmpty() && end > 0) {
      return; // The file before it is elsewhere.
    }
    Sha256 expected = heads.isEmpty() ? Sha256.NONE : heads.getLast().sha256();
    if (!isChained) {
      throw found(file, 0, "it is packed, and the one before it is not");
    }
    if (!previous.equals(expected)) {
      end = heads.size() < 2 ? 0 : heads.get(heads.size() - 2).end().value();
      throw found(
          file, 0, "the file before it has not the SHA-256 that it had when this one was written");
    }
  }

  /** Of a thinned segment the next one says what it was; what it is now, the deletion's record. */
  private void requireDeletionOnRecord(SegmentFile file, SegmentHeader header, Sha256 sha256) {
    LogOffset first = new LogOffset(header.first());
    if (!deletions.areOnRecord(first, header.generation(), sha256)) {
      end = header.first();
      throw found(file, 0, "records were deleted from it, and no record says so of this file");
    }
    thinned++;
  }

  private BlockTable blocks(SegmentBytes bytes, SegmentHeader header) {
    BlockTable table = BlockTable.empty(header.first(), header.length());
    byte[] stored = blockAt(bytes);
    while (stored.length > 0) {
      long first = table.end();
      Optional<Block> block = Block.of(stored, header.identity()).filter(it -> it.first() == first);
      if (block.isEmpty()) {
        return table;
      }
      table = table.with(block.get().end(), stored.length);
      blocks.accept(block.get());
      bytes.pass(stored);
      stored = blockAt(bytes);
    }
    return table;
  }

  private static byte[] blockAt(SegmentBytes bytes) {
    return Block.announcedLength(bytes.peek(Block.HEADER_LENGTH), 0)
        .filter(length -> length <= bytes.left())
        .map(bytes::peek)
        .orElse(new byte[0]);
  }

  /** What comes where a block or the footer should is damage, or what a crash left at the end. */
  private void refuseFooter(
      SegmentFile file, SegmentHeader header, SegmentBytes bytes, boolean isLast) {
    byte[] rest = bytes.peek(bytes.left());
    boolean mayBeTorn =
        isLast && !header.isPacked() && !SegmentScan.isDamage(rest, header.identity(), end);
    if (!mayBeTorn) {
      throw found(file, bytes.position(), "a block, or the footer, is damaged or missing");
    }
    tornBytes = rest.length;
  }

  private Found found(SegmentFile file, long position, String what) {
    return new Found(new LogDamage(file.name(), position, new LogOffset(end), what));
  }
}
