package dev.overseer.examples.exchange.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must be stopped or removed, the latest first: once, whether the demo ends or is interrupted.
 * Safe for many threads; one that comes second waits for the first.
 */
final class Cleanup implements AutoCloseable {
  private final Deque<AutoCloseable> later = new ArrayDeque<>();
  private boolean closed;

  /** Registers what is to be closed, and gives it back; closes it at once when it is too late. */
  synchronized <T extends AutoCloseable> T add(T resource) {
    later.push(resource);
    if (closed) {
      close();
    }
    return resource;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!later.isEmpty()) {
      try {
        later.pop().close();
      } catch (Exception e) {
        // What is left must still be stopped, and there is nothing that a person could do.
        continue;
      }
    }
  }
}
