package dev.overseer.server.commands;

import dev.overseer.server.desk.Page;
import dev.overseer.server.desk.Query;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of lists that may be long. */
final class QueryOptions {
  private static final String ALL = "all";

  @Option(
      names = "--state",
      paramLabel = "STATE",
      defaultValue = Query.UNRESOLVED,
      description =
          "open, acknowledged, snoozed, accepted, resolved, healed, retired, unresolved (the first"
              + " three), or all. Default: ${DEFAULT-VALUE}.")
  String state = Query.UNRESOLVED;

  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      defaultValue = "" + Query.LIMIT_DEFAULT,
      description = "How many at most. Default: ${DEFAULT-VALUE}.")
  int limit = Query.LIMIT_DEFAULT;

  @Option(
      names = "--offset",
      paramLabel = "ROWS",
      defaultValue = "0",
      description = "How many to leave out first.")
  int offset;

  Query query(String about) {
    return new Query(
        Optional.of(state).filter(it -> !it.equals(ALL)),
        Optional.of(about).filter(it -> !it.isEmpty()),
        offset,
        limit);
  }

  String shown(Table table, Page<?> page, String things) {
    if (page.total() == 0) {
      String which = state.equals(ALL) ? "" : state + " ";
      return "No %s%s.%n".formatted(which, things);
    }
    int last = page.offset() + page.items().size();
    return last < page.total() || page.offset() > 0
        ? "%s%d to %d of %d.%n".formatted(table, page.offset() + 1, last, page.total())
        : table.toString();
  }
}
