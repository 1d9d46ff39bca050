package dev.overseer.bench.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.bench.measure.Measurement;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExistingRowsIT {

  @Test
  void every_round_copies_the_same_rows(@TempDir Path directory) {
    try (ExistingRows rows = ExistingRows.start(1_000, _ -> {})) {
      CopyContender copy = new CopyContender(rows, directory);

      Measurement first = copy.run();
      double bytes = copy.rawBytes();
      Measurement second = copy.run();

      assertThat(first.work()).isEqualTo(1_000);
      assertThat(second.work()).isEqualTo(1_000);
      assertThat(bytes).isPositive().isEqualTo(copy.rawBytes());
    }
  }
}
