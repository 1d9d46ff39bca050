package dev.overseer.formats.pgoutput;

import dev.overseer.model.Lsn;
import java.time.Instant;

/**
 * What protocol version 2 adds, so that a transaction can be sent before it has ended: blocks of
 * its messages, then its fate. Inside a block every message about a table or by an application has
 * the number of its own (sub)transaction behind its first byte. None of this is ever stored: with
 * that number taken out, a message is the very one that protocol version 1 has.
 *
 * <p>Transaction numbers are unsigned.
 */
public sealed interface PgStreaming {

  /**
   * A block of messages of a transaction begins; it lasts until {@link Stop}.
   *
   * @param first whether it is the transaction's first block
   */
  record Start(int xid, boolean first) implements PgStreaming {}

  record Stop() implements PgStreaming {}

  /** The transaction is committed, and all of it was sent. As {@link PgOutput.Commit}. */
  record Commit(int xid, Lsn commit, Lsn end, Instant commitTime) implements PgStreaming {}

  /**
   * A transaction is rolled back, or one of its subtransactions.
   *
   * @param aborted equal to {@code xid} when it is the whole of it
   */
  record Abort(int xid, int aborted) implements PgStreaming {
    public boolean isWhole() {
      return xid == aborted;
    }
  }
}
