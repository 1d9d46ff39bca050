package dev.overseer.bench.reading;

import dev.overseer.bench.measure.Figure;
import dev.overseer.bench.process.Directories;
import dev.overseer.bench.process.OverseerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Overseer with a configuration and data of its own.
 *
 * @param home the source tree whose launcher is used
 * @param directory for everything of this installation
 */
public record Installation(Path home, Path directory) {

  /** Writes the configuration, which names {@code data} as the directory of the data. */
  public void configure(String yaml) {
    try {
      Files.writeString(configuration(), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + configuration(), e);
    }
  }

  public OverseerProcess start() {
    return OverseerProcess.start(home, configuration(), data(), directory.resolve("overseer.log"));
  }

  /** What is on disk now, while it does not run, is what {@link #restore} brings back. */
  public void keep() {
    Directories.remove(kept());
    Directories.copy(data(), kept());
  }

  /** The data as they were kept; none where they were not. */
  public void restore() {
    Directories.remove(data());
    if (Files.exists(kept())) {
      Directories.copy(kept(), data());
    }
  }

  /** What was added on disk since {@link #restore}, and of what it is made. */
  public List<Figure> diskFigures(double rawBytes) {
    List<Figure> figures = new ArrayList<>();
    long added = Directories.bytes(data()) - Directories.bytes(kept());
    figures.add(new Figure("disk per raw byte", added / rawBytes, "bytes"));
    for (Path part : Directories.entries(data())) {
      figures.add(
          new Figure(
              "disk per raw byte, " + part.getFileName(),
              Directories.bytes(part) / rawBytes,
              "bytes"));
    }
    return figures;
  }

  private Path configuration() {
    return directory.resolve("overseer.yaml");
  }

  private Path data() {
    return directory.resolve("data");
  }

  private Path kept() {
    return directory.resolve("kept");
  }
}
