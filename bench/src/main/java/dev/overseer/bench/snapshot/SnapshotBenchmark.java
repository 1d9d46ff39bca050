package dev.overseer.bench.snapshot;

import dev.overseer.bench.measure.Comparison;
import dev.overseer.bench.measure.Occasion;
import dev.overseer.bench.measure.Ratio;
import dev.overseer.bench.process.Directories;
import dev.overseer.bench.reading.Installation;
import java.nio.file.Path;
import java.util.List;

/** Overseer against {@code COPY} of one table. */
final class SnapshotBenchmark {
  private static final Ratio RATIO =
      new Ratio.Told("snapshot", OverseerContender.NAME, CopyContender.NAME);

  private final Occasion occasion;
  private final int count;

  SnapshotBenchmark(Occasion occasion, int count) {
    this.occasion = occasion;
    this.count = count;
  }

  Comparison run() {
    Path directory = Directories.temporary("overseer-bench-snapshot");
    try (ExistingRows rows = ExistingRows.start(count, occasion.progress())) {
      occasion.settings().accept(rows.server().description());
      occasion.settings().accept("%,d rows".formatted(rows.count()));
      CopyContender copy = new CopyContender(rows, directory);
      Installation installation = new Installation(occasion.home(), directory);
      OverseerContender overseer = new OverseerContender(installation, rows, copy::rawBytes);
      return occasion.protocol().compare("existing rows", List.of(copy, overseer), List.of(RATIO));
    } finally {
      Directories.remove(directory);
    }
  }
}
