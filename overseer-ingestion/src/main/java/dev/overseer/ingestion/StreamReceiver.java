package dev.overseer.ingestion;

import dev.overseer.model.LogOffset;
import dev.overseer.model.Operation;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import java.util.Optional;

/**
 * What a source's log consists of, in the order of its commits. Transactions are handed over as
 * they stream; byte arrays become the receiver's.
 */
public interface StreamReceiver {

  /**
   * A transaction begins.
   *
   * @param commit the position of its commit, which identifies it
   * @param commitMicros its commit time on the source's clock, in microseconds since the Unix epoch
   */
  void begin(SourcePosition commit, long commitMicros, long xid);

  /**
   * How to read the changes of a table from here on; may come inside a transaction and outside, and
   * again.
   *
   * @return by which offset changes name it; empty when changes of this table are not wanted
   */
  Optional<LogOffset> schema(TableName table, String format, byte[] bytes);

  /** A change of a table whose {@code schema} is wanted. */
  void change(Operation operation, LogOffset schema, byte[] raw);

  /** An application's own text inside the transaction. */
  void annotation(byte[] raw);

  /** Something inside the transaction that cannot be read. */
  void deadLetter(String format, String reason, byte[] raw);

  /** Something that is not kept, for a reason that is no fault: a table that nobody configured. */
  void skip();

  /** What we wrote into the log ourselves has come back. */
  void heartbeat();

  /**
   * The transaction is whole.
   *
   * @param end the position from which to resume after it
   */
  void commit(SourcePosition end);

  /** Every transaction committed before this position was handed over. */
  void passed(SourcePosition position);
}
