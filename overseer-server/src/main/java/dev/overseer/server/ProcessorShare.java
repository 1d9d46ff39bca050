package dev.overseer.server;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.overseer.model.InvariantViolated;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * How much of the processors a thread gets while others want them too. Java's own priorities are
 * without effect on Linux, where the niceness is a thread's own; elsewhere it is the process's, and
 * nothing is done.
 */
final class ProcessorShare {
  /**
   * A tenth of what others get. With less, a thread would be long in coming to where the collector
   * waits for it.
   */
  static final int NICENESS = 10;

  private static final int OF_THREAD = 0;
  private static final int CALLER = 0;
  private static final Optional<MethodHandle> SET_PRIORITY = setPriority();

  private ProcessorShare() {}

  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> setPriority() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return Optional.empty();
    }
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor form = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    return linker
        .defaultLookup()
        .find("setpriority")
        .map(function -> linker.downcallHandle(function, form));
  }

  /** The calling thread is to have less from now on, which a system may refuse. */
  static void lessen() {
    SET_PRIORITY.ifPresent(ProcessorShare::lessen);
  }

  private static void lessen(MethodHandle setPriority) {
    try {
      int _ = (int) setPriority.invokeExact(OF_THREAD, CALLER, NICENESS);
    } catch (Throwable thrown) {
      throw new InvariantViolated("A system call throws nothing", thrown);
    }
  }
}
