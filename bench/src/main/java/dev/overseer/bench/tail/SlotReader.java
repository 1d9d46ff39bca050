package dev.overseer.bench.tail;

import dev.overseer.bench.measure.Contender;
import dev.overseer.bench.measure.Measurement;
import dev.overseer.bench.reading.ReaderProgram;

/** A program that reads the backlog from a slot of its own, and drops what it receives. */
final class SlotReader implements Contender {
  private final String name;
  private final String slot;
  private final Backlog backlog;
  private final ReaderProgram program;

  SlotReader(String name, String slot, Backlog backlog, ReaderProgram program) {
    this.name = name;
    this.slot = slot;
    this.backlog = backlog;
    this.program = program;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Measurement run() {
    backlog.rewind(slot);
    try {
      return program.run(backlog.server(), backlog.changes(), () -> backlog.server().sender(slot));
    } finally {
      backlog.server().dropSlot(slot);
    }
  }
}
