package dev.overseer.server;

import dev.overseer.checks.Outcome;
import dev.overseer.server.configuration.Configuration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A server with one check of each row, for as long as its standard input is open; it ends when a
 * stage has no memory left, as the program does.
 */
final class LargeTransactionProgram {
  private static final int OUT_OF_MEMORY = 3;

  private LargeTransactionProgram() {}

  record Row(long id, String note) {}

  record RowAlone(Row row) {}

  static void main(String[] arguments) throws IOException {
    Configuration configuration = Configuration.read(Path.of(arguments[0]));
    try (Overseer overseer =
        Overseer.start(
            configuration,
            List.of(
                checks ->
                    checks.check("row-is-fine", RowAlone.class, LargeTransactionProgram::fine)))) {
      overseer.vitals().fatal().thenRun(() -> Runtime.getRuntime().halt(OUT_OF_MEMORY));
      while (System.in.read() >= 0) {
        // until the test has seen enough
      }
    }
  }

  private static Outcome fine(RowAlone view) {
    return view.row().note().isEmpty()
        ? Outcome.failed("no-note", "A note is expected", "a note", "none")
        : Outcome.passed();
  }
}
