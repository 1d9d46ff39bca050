package dev.overseer.server.stages;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Writes the runner's checkpoints while that goes on; its end waits for what is under way. */
public final class CheckpointThread implements Executor, AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("checkpoint").factory());

  @Override
  public void execute(Runnable write) {
    thread.execute(write);
  }

  @Override
  public void close() {
    thread.close();
  }
}
