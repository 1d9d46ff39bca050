package dev.overseer.examples.exchange.demo;

import dev.overseer.examples.exchange.ExchangeFiles;
import dev.overseer.testkit.PostgresServer;
import dev.overseer.testkit.TcpFaultProxy;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * The exchange's two databases, each a Postgres server of its own, with their tables. Overseer
 * hears of the ledger over a proxy, so that its feed can be held back.
 */
final class ExchangeServers implements TroubleMaker.Means {
  private static final String URL = "jdbc:postgresql://127.0.0.1:%d/postgres";

  private final PostgresServer payments;
  private final PostgresServer ledger;
  private final TcpFaultProxy ledgerFeed;

  private ExchangeServers(
      PostgresServer payments, PostgresServer ledger, TcpFaultProxy ledgerFeed) {
    this.payments = payments;
    this.ledger = ledger;
    this.ledgerFeed = ledgerFeed;
  }

  /** Starts both at once, with their files below {@code directory}; {@code cleanup} stops them. */
  static ExchangeServers start(Path directory, Cleanup cleanup) {
    CompletableFuture<PostgresServer> payments =
        CompletableFuture.supplyAsync(() -> start(directory, "payments", cleanup));
    PostgresServer ledger = start(directory, "ledger", cleanup);
    ExchangeServers servers =
        new ExchangeServers(payments.join(), ledger, cleanup.add(TcpFaultProxy.to(ledger.port())));
    servers.payments.execute(ExchangeFiles.paymentsSchema());
    servers.ledger.execute(ExchangeFiles.ledgerSchema());
    return servers;
  }

  private static PostgresServer start(Path directory, String name, Cleanup cleanup) {
    return cleanup.add(
        PostgresServer.builder().dataDirectory(directory.resolve("postgres-" + name)).start());
  }

  /** With the user: for the exchange itself. */
  String paymentsUrl() {
    return payments.jdbcUrl();
  }

  /** With the user: for the exchange itself. */
  String ledgerUrl() {
    return ledger.jdbcUrl();
  }

  /** What Overseer is told. */
  String configuration() {
    return ExchangeFiles.configuration(
        URL.formatted(payments.port()), URL.formatted(ledgerFeed.port()));
  }

  @Override
  public void holdLedgerFeed() {
    ledgerFeed.pause();
  }

  @Override
  public void releaseLedgerFeed() {
    ledgerFeed.resume();
  }

  @Override
  public void restartPayments() {
    payments.restart();
  }
}
