package dev.overseer.bench.snapshot;

import dev.overseer.bench.reading.BankServer;
import java.util.function.Consumer;

/** A server with rows in the table of withdrawals, and none of their changes left to be read. */
final class ExistingRows implements AutoCloseable {
  static final String TABLE = "withdrawals";

  private final BankServer server;
  private final int count;

  private ExistingRows(BankServer server, int count) {
    this.server = server;
    this.count = count;
  }

  static ExistingRows start(int count, Consumer<String> progress) {
    BankServer server = BankServer.start();
    try {
      server.execute("call request(1, %d)".formatted(count));
      // So that no reader is the first to meet them: it would have to mark them as committed.
      server.execute("vacuum (freeze, analyze) " + TABLE);
      server.execute("checkpoint");
      progress.accept("%,d rows made".formatted(count));
      return new ExistingRows(server, count);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  BankServer server() {
    return server;
  }

  int count() {
    return count;
  }

  @Override
  public void close() {
    server.close();
  }
}
