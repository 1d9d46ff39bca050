package dev.overseer.server.commands;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Unavailable;
import dev.overseer.server.reading.NotThere;

/** What the program tells whoever started it, by remedy. */
final class ExitCode {
  static final int DONE = 0;

  /** Our own failure or damaged storage: look at the log. */
  static final int FAILED = 1;

  /** The command line, configuration or request is wrong: change it. */
  static final int INVALID = 2;

  /** Something does not answer: try again. */
  static final int UNAVAILABLE = 3;

  private ExitCode() {}

  static int of(Exception e) {
    return switch (e) {
      case InvalidRequest _, NotThere _ -> INVALID;
      case Unavailable _ -> UNAVAILABLE;
      default -> FAILED;
    };
  }
}
