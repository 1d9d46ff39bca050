package dev.overseer.bench.crash;

import dev.overseer.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;

/** Two real Postgres servers, one for each table. */
final class Databases implements AutoCloseable {
  private final PostgresServer payments;
  private final PostgresServer ledger;

  private Databases(PostgresServer payments, PostgresServer ledger) {
    this.payments = payments;
    this.ledger = ledger;
  }

  static Databases start() {
    PostgresServer payments = PostgresServer.start();
    try {
      Databases databases = new Databases(payments, PostgresServer.start());
      for (Table table : Table.values()) {
        databases.of(table).execute(table.creation());
      }
      return databases;
    } catch (RuntimeException e) {
      payments.close();
      throw e;
    }
  }

  PostgresServer of(Table table) {
    return switch (table) {
      case WITHDRAWALS -> payments;
      case ENTRIES -> ledger;
    };
  }

  Connection connect(Table table) throws SQLException {
    return of(table).connect();
  }

  @Override
  public void close() {
    try {
      payments.close();
    } finally {
      ledger.close();
    }
  }
}
