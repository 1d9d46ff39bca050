package dev.overseer.server.commands;

import picocli.CommandLine.Option;

/** Who does what a command does: for all that goes on record. */
final class ActorOptions {
  @Option(
      names = "--by",
      paramLabel = "WHO",
      description = "Who does it, for the record. Default: the operating system's user.")
  String by = System.getProperty("user.name", "somebody");
}
