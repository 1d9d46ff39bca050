package dev.overseer.architecture.offenders;

import java.util.function.LongSupplier;

final class ClockReader {
  final LongSupplier clock = System::nanoTime;
}
