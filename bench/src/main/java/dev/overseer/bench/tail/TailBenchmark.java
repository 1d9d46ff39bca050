package dev.overseer.bench.tail;

import dev.overseer.bench.measure.Comparison;
import dev.overseer.bench.measure.Machine;
import dev.overseer.bench.measure.Protocol;
import dev.overseer.bench.measure.Report;
import dev.overseer.bench.process.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Both shapes of backlog, one after the other, each on a server of its own. */
final class TailBenchmark {
  private static final double LOAD_MAX = 0.5;

  private final Path home;
  private final int changes;
  private final Protocol protocol;
  private final Set<String> settings = new TreeSet<>();

  TailBenchmark(Path home, int changes, Protocol protocol) {
    this.home = home;
    this.changes = changes;
    this.protocol = protocol;
  }

  Report run(String command, String commit, List<Shape> shapes, boolean smoke) {
    Instant started = Instant.now();
    Machine machine = Machine.here();
    if (!smoke && machine.load() > LOAD_MAX) {
      protocol
          .progress()
          .accept(
              "Something else runs on this machine (load %.1f): figures will be too low"
                  .formatted(machine.load()));
    }
    List<Comparison> comparisons = new ArrayList<>();
    for (Shape shape : shapes) {
      comparisons.addAll(compare(shape));
    }
    return new Report(
        "tail", started, command, commit, machine, List.copyOf(settings), comparisons, smoke);
  }

  private List<Comparison> compare(Shape shape) {
    Path directory = temporaryDirectory(shape);
    try (Backlog backlog = Backlog.start(changes)) {
      settings.add(
          "Postgres %s, fsync and synchronous_commit on, autovacuum off"
              .formatted(backlog.version()));
      OverseerContender.prepare(home, directory, backlog);
      backlog.fill(shape, OverseerContender.SLOT, protocol.progress());
      settings.add(
          "%,d changes of %,d withdrawals".formatted(backlog.changes(), backlog.withdrawals()));
      BareContender bare = new BareContender(backlog, OverseerContender.PUBLICATION, directory);
      OverseerContender overseer =
          new OverseerContender(home, directory, backlog, bare::rawBytes, Instant.now());
      return protocol.compare(shape.bar(), bare, overseer);
    } finally {
      Directories.remove(directory);
    }
  }

  private static Path temporaryDirectory(Shape shape) {
    try {
      return Files.createTempDirectory("overseer-bench-" + shape);
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary directory", e);
    }
  }
}
