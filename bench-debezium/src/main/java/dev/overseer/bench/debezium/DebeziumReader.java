package dev.overseer.bench.debezium;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.Json;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The peer, a program of its own: Debezium Engine makes JSON of everything that the slot has to
 * send, and drops it. It prints one line when all is received, and then waits, connected, for the
 * end of its standard input, so that what it and its sender used can be read off.
 */
public final class DebeziumReader
    implements DebeziumEngine.ChangeConsumer<ChangeEvent<String, String>> {
  private final long expected;
  private final CountDownLatch last = new CountDownLatch(1);
  private long changes;
  private long characters;

  private DebeziumReader(long expected) {
    this.expected = expected;
  }

  /**
   * @param arguments port of the server, slot, publication, how many changes there are, and the
   *     file for offsets
   */
  public static void main(String[] arguments) throws Exception {
    EngineSettings settings =
        new EngineSettings(
            Integer.parseInt(arguments[0]), arguments[1], arguments[2], arguments[4]);
    DebeziumReader reader = new DebeziumReader(Long.parseLong(arguments[3]));
    try (ExecutorService thread = Executors.newSingleThreadExecutor();
        DebeziumEngine<ChangeEvent<String, String>> engine =
            DebeziumEngine.create(Json.class)
                .using(settings.properties())
                .using(DebeziumReader::ended)
                .notifying(reader)
                .build()) {
      thread.execute(engine);
      reader.last.await();
      System.out.println(reader.summary());
      System.in.read();
    }
  }

  /** What the engine calls with each batch, on one thread: conversion to JSON is behind it. */
  @Override
  public void handleBatch(
      List<ChangeEvent<String, String>> batch,
      DebeziumEngine.RecordCommitter<ChangeEvent<String, String>> committer)
      throws InterruptedException {
    for (ChangeEvent<String, String> change : batch) {
      changes++;
      characters += change.key().length() + change.value().length();
      committer.markProcessed(change);
    }
    committer.markBatchFinished();
    if (changes >= expected) {
      last.countDown();
    }
  }

  private String summary() {
    return String.format(Locale.ROOT, "drained %d; json %d characters", changes, characters);
  }

  /** Before the last change it must not end: then there is nothing to measure. */
  private static void ended(boolean success, String report, Throwable error) {
    if (!success) {
      System.out.println(report + ": " + error);
      Runtime.getRuntime().halt(1);
    }
  }
}
