package dev.overseer.bench.runner;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * What every contender leaves behind: the withdrawal, the cut and the outcome of each of its
 * complete verdicts, in no particular order.
 */
final class VerdictFile implements AutoCloseable {
  static final int BYTES = 3 * Long.BYTES + Byte.BYTES;

  /** An outcome is its place here. */
  private static final List<String> OUTCOMES =
      List.of(
          "passed",
          "not applicable",
          "booking-missing",
          "booked-twice",
          "wrong-amount",
          "root-missing");

  private final OutputStream out;
  private final long originMicros;
  private final ByteBuffer buffer = ByteBuffer.allocate(BYTES);

  /**
   * @param originMicros the effective time at which the traffic began
   */
  VerdictFile(Path file, long originMicros) {
    try {
      this.out = new java.io.BufferedOutputStream(Files.newOutputStream(file));
      this.originMicros = originMicros;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  void add(Verdict verdict) {
    UUID root = UUID.fromString(verdict.root().values().getFirst());
    buffer
        .clear()
        .putLong(root.getMostSignificantBits())
        .putLong(root.getLeastSignificantBits())
        .putLong(verdict.cut().micros() - originMicros)
        .put((byte) OUTCOMES.indexOf(text(verdict.outcome())));
    try {
      out.write(buffer.array());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write verdicts", e);
    }
  }

  private static String text(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> "passed";
      case Outcome.NotApplicable _ -> "not applicable";
      case Outcome.Failed failed -> failed.reasons().getFirst().code();
      case Outcome.Inconclusive _, Outcome.Errored _ ->
          throw new IllegalStateException("No verdict of this traffic may be " + outcome);
    };
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write verdicts", e);
    }
  }

  /**
   * All verdicts of a contender together, whatever their order: two that judged the same have the
   * same.
   */
  record Tally(long verdicts, long passed, long sum) {

    static Tally of(List<Path> files) {
      Tally tally = new Tally(0, 0, 0);
      for (Path file : files) {
        try {
          ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
          while (bytes.hasRemaining()) {
            tally = tally.with(bytes);
          }
        } catch (IOException e) {
          throw new UncheckedIOException("Cannot read " + file, e);
        }
      }
      return tally;
    }

    private Tally with(ByteBuffer bytes) {
      long stirred = mixed(mixed(mixed(bytes.getLong()) ^ bytes.getLong()) ^ bytes.getLong());
      byte outcome = bytes.get();
      return new Tally(
          verdicts + 1, passed + (outcome == 0 ? 1 : 0), sum + mixed(stirred ^ outcome));
    }

    /** The finisher of SplitMix64. */
    private static long mixed(long value) {
      long z = value + 0x9E3779B97F4A7C15L;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      return z ^ (z >>> 31);
    }
  }
}
