package dev.overseer.bench.crash;

/** What a kill takes. */
enum Loss {
  /** The process: its disk stays. */
  PROCESS,
  /** The machine, and what was on its disk. The bucket stays. */
  MACHINE
}
