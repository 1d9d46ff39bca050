package dev.overseer.runner.simulation;

import dev.overseer.model.LogRecord;
import dev.overseer.store.log.AppendLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The sources of a seed, which say the same to whatever log. */
final class WorldIntoLog {
  private final Random order;
  private final AppendLog<LogRecord> log;
  private final List<SimulatedSource> sources = new ArrayList<>();

  WorldIntoLog(long seed, AppendLog<LogRecord> log) {
    this.log = log;
    this.order = new Random(seed);
    SimulatedWorld.of(seed)
        .substreams()
        .forEach(
            (name, substream) ->
                sources.add(new SimulatedSource(name, substream, log, new Random(seed))));
  }

  void step(long stepsMax) {
    for (long i = 0; i < stepsMax; i++) {
      List<SimulatedSource> going = sources.stream().filter(it -> !it.isDone()).toList();
      if (going.isEmpty()) {
        break;
      }
      going.get(order.nextInt(going.size())).step();
    }
    log.sync();
  }
}
