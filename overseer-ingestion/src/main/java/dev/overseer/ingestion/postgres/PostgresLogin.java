package dev.overseer.ingestion.postgres;

/** A role and its password, which is never printed. */
public record PostgresLogin(String user, String password) {

  @Override
  public String toString() {
    return user;
  }
}
