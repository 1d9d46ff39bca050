package dev.overseer.bench.oracle;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration that Overseer is given: every table of the workload is a model. */
final class WatcherFile {
  private WatcherFile() {}

  static String text(Database database, List<WorkTable> tables) {
    return """
    dataDirectory: data
    http: { port: 0 }
    storage: { segmentSize: 4MiB }
    sources:
      oracle:
        type: postgres
        url: %s
        publication: %s
        slot: overseer_oracle
        tables: [%s]
    models:
    %s
    views:
      %s: { root: %s }
    """
        .formatted(
            quoted(database.url()),
            Database.PUBLICATION,
            tables.stream()
                .map(it -> quoted(it.name().toString()))
                .collect(Collectors.joining(", ")),
            tables.stream().map(WatcherFile::model).collect(Collectors.joining("\n")),
            "any",
            quoted(tables.getFirst().model().value()));
  }

  private static String model(WorkTable table) {
    return "  %s: { source: oracle, table: %s, key: [%s] }"
        .formatted(
            quoted(table.model().value()),
            quoted(table.name().toString()),
            table.key().stream().map(WatcherFile::quoted).collect(Collectors.joining(", ")));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
