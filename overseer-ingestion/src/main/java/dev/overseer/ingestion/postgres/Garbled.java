package dev.overseer.ingestion.postgres;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Lsn;
import java.util.HexFormat;

/** What is said of a stream that cannot be read any further. */
final class Garbled {
  private static final int SHOWN_MAX = 64;

  private Garbled() {}

  /**
   * @param position in the server's log, at or near which the message was
   */
  static InvalidRequest at(Lsn position, byte[] frame, int from, Undecodable fault) {
    int to = Math.min(frame.length, from + SHOWN_MAX);
    return new InvalidRequest(
        "The server sent at %s what cannot be read, so nothing after it is taken: %s. The message has %d bytes and begins %s"
            .formatted(
                position,
                fault.getMessage(),
                frame.length - from,
                HexFormat.of().formatHex(frame, from, Math.max(from, to))),
        fault);
  }

  /** Where the message may hold what is to be shown nowhere. */
  static InvalidRequest unshown(Lsn position, int length, Undecodable fault) {
    return new InvalidRequest(
        "The server sent at %s what cannot be read, so nothing after it is taken: %s. The message has %d bytes"
            .formatted(position, fault.getMessage(), length),
        fault);
  }
}
