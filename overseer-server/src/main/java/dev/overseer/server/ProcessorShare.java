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
  private static final boolean POSSIBLE = System.getProperty("os.name", "").equals("Linux");
  private static final Optional<MethodHandle> NUMBER =
      function("gettid", FunctionDescriptor.of(JAVA_INT));
  private static final Optional<MethodHandle> GET_PRIORITY =
      function("getpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final Optional<MethodHandle> SET_PRIORITY =
      function("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

  private ProcessorShare() {}

  @SuppressWarnings("restricted")
  private static Optional<MethodHandle> function(String name, FunctionDescriptor form) {
    Linker linker = Linker.nativeLinker();
    return POSSIBLE
        ? linker.defaultLookup().find(name).map(found -> linker.downcallHandle(found, form))
        : Optional.empty();
  }

  /** The system's own number of the calling thread, where it has one that this can use. */
  static Optional<Integer> number() {
    return NUMBER.map(ProcessorShare::number);
  }

  private static int number(MethodHandle getNumber) {
    try {
      return (int) getNumber.invokeExact();
    } catch (Throwable thrown) {
      throw new InvariantViolated("A system call throws nothing", thrown);
    }
  }

  /** The thread of this number is to have less from now on, if it has more. */
  static void lessen(int number) {
    GET_PRIORITY.ifPresent(
        getPriority ->
            SET_PRIORITY.ifPresent(setPriority -> lessen(getPriority, setPriority, number)));
  }

  private static void lessen(MethodHandle getPriority, MethodHandle setPriority, int number) {
    try {
      int before = (int) getPriority.invokeExact(OF_THREAD, number);
      int _ = (int) setPriority.invokeExact(OF_THREAD, number, Math.max(before, NICENESS));
    } catch (Throwable thrown) {
      throw new InvariantViolated("A system call throws nothing", thrown);
    }
  }
}
