package dev.overseer.bench.runner;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The updates of both databases in a file that every contender reads: records of {@link
 * ExchangeUpdate#BYTES}, transaction by transaction, each at a time of its own that is later than
 * all before. The same sizes give the same file.
 *
 * @param updates about how many, over both databases
 * @param seconds in which withdrawals are requested; what becomes of the last takes longer
 * @param perTransaction a database commits so many at a time, at the time of the last of them
 */
record Traffic(Path file, long updates, double seconds, int perTransaction) {
  /** Requested, booked, completed; some are refunded, of some a part is missing. */
  private static final double UPDATES_PER_WITHDRAWAL = 3.1;

  private static final double MICROS = 1e6;
  private static final int BUFFER_BYTES = 1 << 20;

  /** Writes the file. */
  Traffic write() {
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER_BYTES)) {
      write(new Commits(out, perTransaction));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("The traffic cannot be written to " + file, e);
    }
  }

  private void write(Commits commits) throws IOException {
    PriorityQueue<ExchangeUpdate> coming =
        new PriorityQueue<>(Comparator.comparingLong(ExchangeUpdate::micros));
    long withdrawals = Math.round(updates / UPDATES_PER_WITHDRAWAL);
    double microsPerWithdrawal = seconds * MICROS / withdrawals;
    for (long withdrawal = 0; withdrawal < withdrawals; withdrawal++) {
      long start = Math.round((withdrawal + 1) * microsPerWithdrawal);
      while (!coming.isEmpty() && coming.element().micros() < start) {
        commits.add(coming.remove());
      }
      coming.addAll(new Screenplay(withdrawal, start).updates());
    }
    while (!coming.isEmpty()) {
      commits.add(coming.remove());
    }
    commits.end();
  }

  /** The transactions of both databases on their way into the file. */
  private static final class Commits {
    private final OutputStream out;
    private final int perTransaction;
    private final ByteBuffer buffer = ByteBuffer.allocate(ExchangeUpdate.BYTES);
    private final List<ExchangeUpdate> payments = new ArrayList<>();
    private final List<ExchangeUpdate> ledger = new ArrayList<>();
    private long lastMicros;

    Commits(OutputStream out, int perTransaction) {
      this.out = out;
      this.perTransaction = perTransaction;
    }

    void add(ExchangeUpdate update) throws IOException {
      List<ExchangeUpdate> transaction = update.what().isOfLedger() ? ledger : payments;
      transaction.add(update);
      if (transaction.size() == perTransaction) {
        commit(transaction);
      }
    }

    void end() throws IOException {
      commit(payments);
      commit(ledger);
    }

    private void commit(List<ExchangeUpdate> transaction) throws IOException {
      if (!transaction.isEmpty()) {
        lastMicros = Math.max(lastMicros + 1, transaction.getLast().micros());
        for (ExchangeUpdate update : transaction) {
          update.at(lastMicros).write(buffer.clear());
          out.write(buffer.array());
        }
        transaction.clear();
      }
    }
  }
}
