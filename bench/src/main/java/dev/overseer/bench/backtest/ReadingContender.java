package dev.overseer.bench.backtest;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Measurement;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.store.log.LogReader;
import java.util.List;

/** Reads every record of the log, and does nothing with it. */
final class ReadingContender implements Contender {
  static final String NAME = "reading";

  private final WithdrawalsLog log;

  ReadingContender(WithdrawalsLog log) {
    this.log = log;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Measurement run() {
    long begun = System.nanoTime();
    long updates = 0;
    try (LogReader<LogRecord> reader = log.log().reader(LogOffset.ZERO)) {
      while (reader.next()) {
        updates += reader.record() instanceof LogRecord.Change ? 1 : 0;
      }
    }
    return new Measurement(updates, (System.nanoTime() - begun) / 1e9, List.of());
  }
}
