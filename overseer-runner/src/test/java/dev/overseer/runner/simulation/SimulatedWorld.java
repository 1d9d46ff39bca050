package dev.overseer.runner.simulation;

import dev.overseer.model.SourceName;
import dev.overseer.runner.SmallExchange;
import dev.overseer.runner.simulation.Substream.Rows;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What the sources of the small exchange will say. Few keys and values, so that they meet. */
record SimulatedWorld(Map<SourceName, Substream> substreams) {
  static final int KEYS_MAX = 4;

  private static final List<String> KEYS = List.of("1", "2", "3", "4");
  private static final List<String> AMOUNTS = List.of("5", "5", "5", "4", "10");

  static SimulatedWorld of(long seed) {
    return of(seed, Substream::of);
  }

  /** With standbys that are promoted, slots that are lost and clocks that jump. */
  static SimulatedWorld wide(long seed) {
    return of(seed, Substream::wide);
  }

  @FunctionalInterface
  private interface Writing {
    Substream write(Random random, int length, List<Rows> tables);
  }

  private static SimulatedWorld of(long seed, Writing writing) {
    Random random = new Random(seed);
    int length = 10 + random.nextInt(40);
    Map<SourceName, Substream> substreams = new TreeMap<>();
    substreams.put(
        SmallExchange.PAYMENTS,
        writing.write(
            random,
            length,
            List.of(
                new Rows(
                    SmallExchange.WITHDRAWALS,
                    KEYS_MAX,
                    List.of(AMOUNTS, List.of("new", "sent", "done"))))));
    substreams.put(
        SmallExchange.LEDGER,
        writing.write(
            random,
            length,
            List.of(new Rows(SmallExchange.ENTRIES, KEYS_MAX, List.of(KEYS, AMOUNTS)))));
    substreams.put(
        SmallExchange.MAIL,
        writing.write(
            random,
            length,
            List.of(
                new Rows(
                    SmallExchange.RECEIPTS, KEYS_MAX, List.of(KEYS, List.of("thanks", "again"))))));
    return new SimulatedWorld(substreams);
  }
}
