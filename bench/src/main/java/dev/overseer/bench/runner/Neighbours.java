package dev.overseer.bench.runner;

import dev.overseer.checks.CheckModule;
import java.util.List;
import java.util.stream.Stream;

/** Who else judges where the good check does. */
enum Neighbours {
  NONE(List.of()),
  GOOD(List.of(new GoodChecks())),
  BAD(List.of(new BadChecks()));

  private final List<CheckModule> modules;

  Neighbours(List<CheckModule> modules) {
    this.modules = modules;
  }

  /** The good check first, then the others. */
  List<CheckModule> together() {
    return Stream.concat(Stream.of(new BookingChecks()), modules.stream()).toList();
  }
}
