package dev.overseer.server.commands;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "sample", description = "Brought by another module.")
final class SampleCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 42;
  }
}
