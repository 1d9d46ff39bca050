package dev.overseer.server.sources;

import dev.overseer.ingestion.postgres.PostgresIdentity;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.SourceName;
import java.util.HashMap;
import java.util.Map;

/**
 * Which source tails which physical database: one alone, or one database would have two effective
 * times. Safe for many threads.
 */
public final class PhysicalDatabases {
  private final Map<PostgresIdentity, SourceName> tailed = new HashMap<>();

  /**
   * The source has found that it leads to this database, and to no other any more.
   *
   * @throws InvalidRequest when another source tails that
   */
  synchronized void claim(SourceName source, PostgresIdentity database) {
    SourceName first = tailed.get(database);
    if (first != null && !first.equals(source)) {
      throw new InvalidRequest(
          "Sources '%s' and '%s' are the same database '%s' of server %s, which is tailed once, by '%s': give the tables and models of '%s' to '%s', and remove '%s'"
              .formatted(
                  first,
                  source,
                  database.database(),
                  database.system(),
                  first,
                  source,
                  first,
                  source));
    }
    tailed.values().remove(source);
    tailed.put(database, source);
  }
}
