package dev.overseer.bench.tail;

import dev.overseer.bench.measure.Comparison;
import dev.overseer.bench.measure.Occasion;
import dev.overseer.bench.process.Directories;
import dev.overseer.bench.reading.Installation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Shapes of backlog, one after the other, each on a server of its own. */
final class TailBenchmark {
  private final Occasion occasion;
  private final int changes;

  TailBenchmark(Occasion occasion, int changes) {
    this.occasion = occasion;
    this.changes = changes;
  }

  List<Comparison> run(List<Shape> shapes) {
    return shapes.stream().map(this::compare).toList();
  }

  private Comparison compare(Shape shape) {
    Path directory = Directories.temporary("overseer-bench-" + shape);
    try (Backlog backlog = Backlog.start(changes)) {
      Installation installation = new Installation(occasion.home(), directory);
      OverseerContender.prepare(installation, backlog);
      Instant begin = Instant.now();
      backlog.fill(shape, OverseerContender.SLOT, occasion.progress());
      Instant end = Instant.now();
      String publication = OverseerContender.PUBLICATION;
      BareContender bare = new BareContender(backlog, publication, directory);
      DebeziumContender debezium =
          new DebeziumContender(occasion.home(), backlog, publication, directory);
      OverseerContender overseer =
          new OverseerContender(installation, backlog, bare::rawBytes, begin, end);
      describe(backlog, debezium);
      return occasion
          .protocol()
          .compare(shape.toString(), List.of(bare, debezium, overseer), shape.ratios());
    } finally {
      Directories.remove(directory);
    }
  }

  private void describe(Backlog backlog, DebeziumContender debezium) {
    occasion.settings().accept(backlog.server().description());
    occasion
        .settings()
        .accept(
            "%,d changes of %,d withdrawals".formatted(backlog.changes(), backlog.withdrawals()));
    occasion
        .settings()
        .accept(
            "Debezium Engine %s: pgoutput, JSON without schemas, offsets in a file"
                .formatted(debezium.version()));
  }
}
