package dev.overseer.ingestion;

import dev.overseer.model.SourcePosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Decides what the readings of a source's clock prove. A commit is stamped, then written to the
 * source's log, then made visible. So of a probe (clock T, then the transactions in progress, then
 * log position L), once everything before L was received:
 *
 * <ul>
 *   <li>No commit stamped before T can come any more, once all transactions in progress at the
 *       probe have ended: those that had ended by the probe were written before its L; the others
 *       are looked for in a later probe, whose own L must have been received as well. What began to
 *       write after the probe is stamped after T.
 *   <li>Failing that, T less {@code commitSlack}: a commit yet to come was stamped that long before
 *       it was written only if it was held up between the two by more than the slack. Where that
 *       happens all the same, the effective clock holds the commit to the mark.
 * </ul>
 *
 * Keeps at most {@value #PROBES_MAX} probes: where a stream is far behind they are kept ever
 * further apart, but always the newest, which makes marks rarer and nothing else. No I/O; one
 * thread.
 */
final class MarkProbes {
  private static final int PROBES_MAX = 64;

  private final long commitSlackMicros;

  /** In the order in which they were taken. */
  private final List<Probe> probes = new ArrayList<>(PROBES_MAX);

  /** One of so many probes is kept, beside the newest. */
  private int stride = 1;

  private int sinceKept;

  MarkProbes(long commitSlackMicros) {
    this.commitSlackMicros = commitSlackMicros;
  }

  void add(Probe probe) {
    if (probes.size() == PROBES_MAX) {
      thinOut();
    }
    sinceKept++;
    if (sinceKept < stride && !probes.isEmpty()) {
      probes.set(probes.size() - 1, probe);
    } else {
      sinceKept = 0;
      probes.add(probe);
    }
  }

  /** Forgets everything: the source's positions mean something else now. */
  void clear() {
    probes.clear();
    stride = 1;
  }

  /** Whether a probe waits for the stream to get past it. */
  boolean awaits(SourcePosition passed) {
    return !probes.isEmpty() && !Positions.reached(passed, probes.getLast().position());
  }

  /**
   * The greatest time of the source's clock before which nothing can come any more, given that
   * everything before {@code passed} was received; empty when no probe was passed.
   */
  OptionalLong proven(SourcePosition passed) {
    int last = lastPassed(passed);
    if (last < 0) {
      return OptionalLong.empty();
    }
    long proven = probes.get(last).sourceMicros() - commitSlackMicros;
    for (int i = last; i >= 0; i--) {
      if (allEnded(probes.get(i), probes.get(last))) {
        proven = Math.max(proven, probes.get(i).sourceMicros());
        probes.subList(0, i).clear();
        stride = probes.size() < PROBES_MAX / 2 ? 1 : stride;
        break;
      }
    }
    return OptionalLong.of(proven);
  }

  private int lastPassed(SourcePosition passed) {
    int last = -1;
    while (last + 1 < probes.size() && Positions.reached(passed, probes.get(last + 1).position())) {
      last++;
    }
    return last;
  }

  /** Whether no transaction in progress at {@code probe} still was at {@code later}. */
  private static boolean allEnded(Probe probe, Probe later) {
    for (long xid : probe.inProgress()) {
      if (Arrays.binarySearch(later.inProgress(), xid) >= 0) {
        return false;
      }
    }
    return true;
  }

  private void thinOut() {
    List<Probe> kept = new ArrayList<>(PROBES_MAX);
    for (int i = 0; i < probes.size(); i += 2) {
      kept.add(probes.get(i));
    }
    probes.clear();
    probes.addAll(kept);
    stride *= 2;
  }
}
