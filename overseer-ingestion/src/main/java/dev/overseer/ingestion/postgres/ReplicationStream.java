package dev.overseer.ingestion.postgres;

import dev.overseer.ingestion.SourceLost;
import dev.overseer.ingestion.SourceStream;
import dev.overseer.ingestion.StreamReceiver;
import dev.overseer.ingestion.spool.SpoolDirectory;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.ChunkPosition;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.Lsn;
import dev.overseer.model.SourcePosition;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyDual;

/**
 * The frames of the streaming replication protocol: data, keep-alives, and our standby status.
 *
 * <p>A keep-alive's position is what the walsender has decoded, and it is sent after everything
 * before it, so it proves how far we have received; it is no time. An idle walsender speaks of its
 * own accord only every 30 s, therefore each of our statuses asks for a reply.
 */
final class ReplicationStream implements SourceStream {
  private static final int DATA_HEAD = 25;
  private static final int DATA_POSITION = 1;
  private static final int KEEP_ALIVE_POSITION = 1;
  private static final int KEEP_ALIVE_REPLY = 17;
  private static final int STATUS_LENGTH = 34;
  private static final long EPOCH_MICROS =
      EffectiveTime.of(Instant.parse("2000-01-01T00:00:00Z")).micros();

  private final Connections connections;
  private final CopyDual copy;
  private final InstantSource clock;
  private final Treating treating;
  private final PgOutputRouter router;
  private final StreamedTransactions streamed;
  private byte @Nullable [] held;
  private boolean awaitsConfirmation;

  ReplicationStream(
      Connections connections,
      CopyDual copy,
      SpoolDirectory spools,
      Treating treating,
      InstantSource clock) {
    Relations relations = new Relations();
    this.connections = connections;
    this.copy = copy;
    this.clock = clock;
    this.treating = treating;
    this.router = new PgOutputRouter(relations);
    this.streamed = new StreamedTransactions(spools, relations, router);
  }

  @Override
  public int poll(StreamReceiver into, SourcePosition until, int framesMax) throws SourceLost {
    int frames = 0;
    try {
      while (frames < framesMax) {
        if (streamed.isHandingOver()) {
          frames += streamed.handOver(into, framesMax - frames);
          continue;
        }
        byte[] frame = held == null ? copy.readFromCopy(false) : held;
        held = frame;
        if (frame == null || Commits.isAtOrAfter(lsn(until), frame, DATA_HEAD)) {
          break;
        }
        held = null;
        take(frame, into);
        frames++;
      }
      if (frames == 0 && held == null && !copy.isActive()) {
        throw new SourceLost("The server ended the stream");
      }
    } catch (SQLException e) {
      throw connections.failure("go on tailing", e);
    }
    return frames;
  }

  @Override
  public boolean isHeld() {
    return held != null;
  }

  private void takeData(byte[] received, StreamReceiver into) throws SourceLost {
    try {
      byte[] frame = treating.treat(received, DATA_HEAD);
      if (!streamed.take(frame, DATA_HEAD, into)) {
        router.route(frame, DATA_HEAD, into);
      }
    } catch (Undecodable e) {
      Lsn position = new Lsn(ByteBuffer.wrap(received).getLong(DATA_POSITION));
      throw treating.isNeeded()
          ? Garbled.unshown(position, received.length - DATA_HEAD, e)
          : Garbled.at(position, received, DATA_HEAD, e);
    }
  }

  private void take(byte[] frame, StreamReceiver into) throws SourceLost {
    switch (frame[0]) {
      case 'w' -> takeData(frame, into);
      case 'k' -> {
        awaitsConfirmation |= frame[KEEP_ALIVE_REPLY] != 0;
        into.passed(new Lsn(ByteBuffer.wrap(frame).getLong(KEEP_ALIVE_POSITION)));
      }
      default -> throw new SourceLost("The server sent a frame of kind " + frame[0]);
    }
  }

  @Override
  public void confirm(SourcePosition durable) throws SourceLost {
    long position = lsn(durable);
    byte[] status =
        ByteBuffer.allocate(STATUS_LENGTH)
            .put((byte) 'r')
            .putLong(position)
            .putLong(position)
            .putLong(position)
            .putLong(EffectiveTime.of(clock.instant()).micros() - EPOCH_MICROS)
            .put((byte) 1)
            .array();
    try {
      copy.writeToCopy(status, 0, STATUS_LENGTH);
      copy.flushCopy();
      awaitsConfirmation = false;
    } catch (SQLException e) {
      throw connections.failure("confirm its position", e);
    }
  }

  private static long lsn(SourcePosition position) {
    return switch (position) {
      case Lsn lsn -> lsn.value();
      case ChunkPosition chunk -> chunk.at().value();
    };
  }

  @Override
  public boolean awaitsConfirmation() {
    return awaitsConfirmation;
  }

  @Override
  public long spooledBytes() {
    return streamed.spooledBytes();
  }

  /** The connection ends the stream, without a farewell that could block. */
  @Override
  public void close() {
    Connections.closeQuietly(streamed);
  }
}
