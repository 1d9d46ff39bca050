package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * A Postgres database as a source.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, with any parameter of the driver
 * @param login absent when the address says who we are, or nobody needs to
 * @param tls absent when the address says it, or it is left to the driver, which prefers TLS
 * @param publication created when it does not exist
 * @param slot the replication slot: ours alone, created when it does not exist
 */
public record PostgresSource(
    SourceDefinition definition,
    String url,
    Optional<PostgresLogin> login,
    Optional<PostgresTls> tls,
    String publication,
    String slot) {
  private static final int NAME_MAX = 63;

  public PostgresSource {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new InvalidRequest(
          "Source '%s' needs an address like jdbc:postgresql://host:5432/database"
              .formatted(definition.source()));
    }
    for (TableName table : definition.tables()) {
      if (table.schema().isEmpty()) {
        throw new InvalidRequest(
            "Table '%1$s' of source '%2$s' needs its schema: public.%1$s"
                .formatted(table, definition.source()));
      }
    }
    if (!slot.matches("[a-z0-9_]{1,63}")) {
      throw new InvalidRequest(
          "Slot '%s' of source '%s': a slot's name has 1 to 63 of a-z, 0-9 and _"
              .formatted(slot, definition.source()));
    }
  }

  /** With a publication and a slot that are named after the source. */
  public static PostgresSource of(
      SourceDefinition definition, String url, Optional<PostgresLogin> login) {
    String name = defaultName(definition.source());
    return new PostgresSource(definition, url, login, Optional.empty(), name, name);
  }

  /** The database that the address names. */
  String database() {
    Properties parsed = Driver.parseURL(url, null);
    String named = parsed == null ? null : PGProperty.PG_DBNAME.getOrDefault(parsed);
    if (named == null) {
      throw new InvalidRequest("The address %s names no database".formatted(url));
    }
    return named;
  }

  private static String defaultName(SourceName source) {
    String name =
        "overseer_" + source.value().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    return name.substring(0, Math.min(NAME_MAX, name.length()));
  }
}
