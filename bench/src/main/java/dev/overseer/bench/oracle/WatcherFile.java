package dev.overseer.bench.oracle;

import dev.overseer.model.SourceName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configuration that Overseer is given: every table of the workload is a model. */
final class WatcherFile {
  private WatcherFile() {}

  static String text(Database database, List<WorkTable> tables) {
    return """
    dataDirectory: data
    http: { port: 0 }
    canary: { every: 0s }
    storage: { segmentSize: 4MiB }
    sources:
    %s
    models:
    %s
    views:
      any: { root: %s }
    """
        .formatted(
            lines(WorkTables.sources(tables).stream().map(it -> source(database, it, tables))),
            lines(tables.stream().map(WatcherFile::model)),
            quoted(tables.getFirst().model().value()));
  }

  private static String source(Database database, SourceName source, List<WorkTable> tables) {
    return "  %s: { type: postgres, url: %s, tables: [%s] }"
        .formatted(
            source,
            quoted(database.url()),
            tables.stream()
                .filter(table -> table.source().equals(source))
                .map(table -> quoted(table.name().toString()))
                .collect(Collectors.joining(", ")));
  }

  private static String model(WorkTable table) {
    return "  %s: { source: %s, table: %s, key: [%s] }"
        .formatted(
            quoted(table.model().value()),
            table.source(),
            quoted(table.name().toString()),
            table.key().stream().map(WatcherFile::quoted).collect(Collectors.joining(", ")));
  }

  private static String lines(Stream<String> lines) {
    return lines.collect(Collectors.joining("\n"));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
