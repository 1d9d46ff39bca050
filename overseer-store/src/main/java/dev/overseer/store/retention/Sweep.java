package dev.overseer.store.retention;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.SourceName;
import dev.overseer.store.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One walk through the log's segments for one set of horizons.
 *
 * @param next the first record of the segment that is next; {@link LogOffset#MAX} at the end
 */
record Sweep(Map<SourceName, EffectiveTime> horizons, LogOffset next) {
  private static final String TITLE = "overseer-retention-1";

  Sweep {
    horizons = Map.copyOf(horizons);
  }

  Sweep goneTo(LogOffset offset) {
    return new Sweep(horizons, offset);
  }

  boolean isDone() {
    return next.equals(LogOffset.MAX);
  }

  void keep(Path file) {
    StringBuilder text = new StringBuilder(TITLE + "\n" + next.value() + "\n");
    new TreeMap<>(horizons)
        .forEach((source, at) -> text.append(at.micros()).append(' ').append(source).append('\n'));
    Disk.create(Disk.directoryOf(file), file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Where the last one had come; empty where that is lost, which costs another walk. */
  static Optional<Sweep> find(Path file) {
    try {
      return Optional.of(parse(Files.readString(file)));
    } catch (IOException | RuntimeException lost) {
      return Optional.empty();
    }
  }

  private static Sweep parse(String text) {
    String[] lines = text.split("\n", -1);
    if (!lines[0].equals(TITLE) || !lines[lines.length - 1].isEmpty()) {
      throw new IllegalArgumentException("It is cut, or of another form");
    }
    Map<SourceName, EffectiveTime> horizons = new TreeMap<>();
    for (int i = 2; i < lines.length - 1; i++) {
      String[] parts = lines[i].split(" ", 2);
      horizons.put(new SourceName(parts[1]), new EffectiveTime(Long.parseLong(parts[0])));
    }
    return new Sweep(horizons, new LogOffset(Long.parseLong(lines[1])));
  }
}
