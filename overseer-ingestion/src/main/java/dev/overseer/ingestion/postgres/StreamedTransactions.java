package dev.overseer.ingestion.postgres;

import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutputParser;
import dev.overseer.formats.pgoutput.PgStreaming;
import dev.overseer.formats.pgoutput.PgStreamingParser;
import dev.overseer.ingestion.SourceLost;
import dev.overseer.ingestion.StreamReceiver;
import dev.overseer.ingestion.spool.Spool;
import dev.overseer.ingestion.spool.SpoolDirectory;
import dev.overseer.ingestion.spool.SpoolReader;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Lsn;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that the server sends before they have ended, each in a side file until then. At its
 * commit a transaction is handed over as if it had come just now and whole, without what was rolled
 * back inside it; that takes many steps, between which nothing else of the stream may be read.
 *
 * <p>In memory there is one block of messages, and for each transaction its number and its rolled
 * back subtransactions.
 */
final class StreamedTransactions implements AutoCloseable {
  private final SpoolDirectory directory;
  private final Relations relations;
  private final PgOutputRouter router;
  private final Map<Integer, Streamed> pending = new LinkedHashMap<>();
  private @Nullable Streamed block;
  private @Nullable Committed committed;

  private record Streamed(int xid, Spool spool, AbortedXids aborted) {}

  private record Committed(Streamed transaction, PgStreaming.Commit commit, SpoolReader reader) {}

  StreamedTransactions(SpoolDirectory directory, Relations relations, PgOutputRouter router) {
    this.directory = directory;
    this.relations = relations;
    this.router = router;
  }

  /**
   * Takes the message in {@code frame[from, end)} if it is streamed, or is about what is.
   *
   * @return false when it is none of these
   */
  boolean take(byte[] frame, int from, StreamReceiver into) throws SourceLost, Undecodable {
    if (from < frame.length && PgStreamingParser.isStreaming(frame[from])) {
      take(PgStreamingParser.parse(frame, from, frame.length), into);
      return true;
    }
    if (block == null) {
      return false;
    }
    spool(block, frame, from);
    return true;
  }

  private void take(PgStreaming message, StreamReceiver into) throws SourceLost {
    switch (message) {
      case PgStreaming.Start start -> {
        Streamed known = pending.get(start.xid());
        block =
            known == null
                ? new Streamed(start.xid(), directory.create(), new AbortedXids())
                : known;
        pending.put(start.xid(), block);
      }
      case PgStreaming.Stop _ -> {
        if (block != null) {
          block.spool().suspend();
          block = null;
        }
      }
      case PgStreaming.Commit commit -> commit(commit, into);
      case PgStreaming.Abort abort -> abort(abort);
    }
  }

  /** A message without a transaction of its own is its block's. */
  private void spool(Streamed transaction, byte[] frame, int from) throws SourceLost, Undecodable {
    long arrival = relations.arrival();
    if (hasXid(frame, from)) {
      int xid = PgStreamingParser.xid(frame, from, frame.length);
      byte[] message = PgStreamingParser.withoutXid(frame, from, frame.length);
      transaction.spool().append(xid, arrival, message, 0, message.length);
    } else {
      transaction.spool().append(transaction.xid(), arrival, frame, from, frame.length);
    }
  }

  private static boolean hasXid(byte[] frame, int from) {
    try {
      return PgStreamingParser.hasXid(PgOutputParser.kind(frame, from, frame.length));
    } catch (Undecodable unknownKind) {
      return false;
    }
  }

  private void commit(PgStreaming.Commit commit, StreamReceiver into) throws SourceLost {
    Streamed transaction = pending.remove(commit.xid());
    if (transaction == null) {
      throw new SourceLost(
          "The server committed transaction %s, of which it had sent nothing"
              .formatted(Integer.toUnsignedString(commit.xid())));
    }
    committed = new Committed(transaction, commit, transaction.spool().read());
    relations.beginStreamed();
    router.begin(
        new PgOutput.Begin(
            commit.commit(), commit.commitTime(), Integer.toUnsignedLong(commit.xid())),
        into);
  }

  private void abort(PgStreaming.Abort abort) throws SourceLost {
    Streamed transaction = pending.get(abort.xid());
    if (transaction == null) {
      return;
    }
    if (abort.isWhole()) {
      pending.remove(abort.xid());
      transaction.spool().delete();
    } else {
      transaction.aborted().add(abort.aborted());
    }
  }

  /** Whether a transaction that is committed has not been handed over yet. */
  boolean isHandingOver() {
    return committed != null;
  }

  /**
   * Hands over up to {@code messagesMax} messages of the committed transaction.
   *
   * @return how many it were, those that were rolled back included
   */
  int handOver(StreamReceiver into, int messagesMax) throws SourceLost {
    int messages = 0;
    while (committed != null && messages < messagesMax) {
      SpoolReader reader = committed.reader();
      if (!reader.next()) {
        end(committed, into);
      } else if (!committed.transaction().aborted().contains(reader.xid())) {
        route(reader, committed.commit().commit(), into);
      }
      messages++;
    }
    return messages;
  }

  private void route(SpoolReader reader, Lsn commit, StreamReceiver into) throws SourceLost {
    byte[] message = reader.message();
    try {
      router.route(message, 0, reader.number(), into);
    } catch (Undecodable e) {
      throw Garbled.at(commit, message, 0, e);
    }
  }

  private void end(Committed whole, StreamReceiver into) throws SourceLost {
    committed = null;
    relations.endStreamed();
    router.commit(whole.commit().end(), into);
    whole.reader().close();
    whole.transaction().spool().delete();
  }

  /** How much is in side files. */
  long spooledBytes() {
    long bytes = committed == null ? 0 : committed.transaction().spool().bytes();
    for (Streamed transaction : pending.values()) {
      bytes += transaction.spool().bytes();
    }
    return bytes;
  }

  @Override
  public void close() throws SourceLost {
    if (committed != null) {
      committed.reader().close();
      committed.transaction().spool().delete();
    }
    for (Streamed transaction : pending.values()) {
      transaction.spool().delete();
    }
  }
}
