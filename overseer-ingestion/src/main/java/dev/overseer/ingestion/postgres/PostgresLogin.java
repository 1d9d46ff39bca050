package dev.overseer.ingestion.postgres;

import java.util.Optional;

/**
 * A role and its password, which is never printed.
 *
 * @param password where it is absent, the driver looks into {@code ~/.pgpass}, or the file that
 *     {@code PGPASSFILE} names
 */
public record PostgresLogin(String user, Optional<String> password) {

  @Override
  public String toString() {
    return user;
  }
}
