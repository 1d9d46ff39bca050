package dev.overseer.store.archive;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.store.log.SegmentFiles;
import dev.overseer.store.objects.ObjectKey;
import dev.overseer.store.objects.ObjectStore;
import java.util.ArrayList;
import java.util.List;

/** The segments of one log as its archive holds them. */
public final class ArchivedSegmentFiles implements SegmentFiles {
  private final ObjectStore store;
  private final SegmentArchive archive;

  public ArchivedSegmentFiles(ObjectStore store, String name) {
    this.store = store;
    this.archive = new SegmentArchive(store, name);
  }

  @Override
  public List<SegmentFile> list() {
    List<SegmentFile> files = new ArrayList<>();
    archive
        .from(LogOffset.ZERO)
        .forEachRemaining(
            segment -> files.add(new SegmentFile(segment.key().value(), segment.length())));
    return files;
  }

  @Override
  public byte[] read(SegmentFile file, long position, int lengthMax) {
    return store
        .find(new ObjectKey(file.name()), position, lengthMax)
        .orElseThrow(() -> new InvalidRequest(file.name() + " vanished from the archive"))
        .bytes();
  }
}
