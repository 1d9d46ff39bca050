package dev.overseer.server.stages;

import dev.overseer.model.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages in the order of an update's journey, each with a thread. They start from the last to
 * the first, so that none waits for its follower, and stop from the first to the last, each after
 * it has worked off what the one before it left: what was received is wholly stored, and what is
 * stored is judged as far as it can be.
 */
public final class Journey implements AutoCloseable {
  private static final Duration WORK_OFF_MAX = Duration.ofSeconds(10);

  private final List<Step> steps = new ArrayList<>();
  private final List<StageThread> running = new ArrayList<>();
  private final Vitals vitals;
  private final InstantSource clock;

  private record Step(String name, Stage stage, boolean worksOff, Starting thread) {}

  @FunctionalInterface
  private interface Starting {
    StageThread start(String name, Stage stage, Vitals vitals);
  }

  public Journey(Vitals vitals, InstantSource clock) {
    this.vitals = vitals;
    this.clock = clock;
  }

  /** A stage that brings in the new, and just stops. */
  public void bringIn(String name, Stage stage) {
    steps.add(new Step(name, stage, false, StageThread::start));
  }

  /** A stage that brings in the new from a network. */
  public void receive(String name, Stage stage) {
    steps.add(new Step(name, stage, false, StageThread::startOnNetwork));
  }

  /** A stage that brings in answers from a network, and computes little. */
  public void ask(String name, Stage stage) {
    steps.add(new Step(name, stage, false, StageThread::startAsking));
  }

  /** A stage that works off what those before it left. */
  public void then(String name, Stage stage) {
    steps.add(new Step(name, stage, true, StageThread::start));
  }

  public void start() {
    for (Step step : steps.reversed()) {
      running.addFirst(step.thread().start(step.name(), step.stage(), vitals));
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < running.size(); i++) {
      running.get(i).close();
      if (steps.get(i).worksOff()) {
        workOff(steps.get(i));
      }
    }
    running.clear();
  }

  private void workOff(Step step) {
    if (vitals.failures().containsKey(step.name())) {
      return;
    }
    try {
      Instant end = clock.instant().plus(WORK_OFF_MAX);
      while (step.stage().step() && clock.instant().isBefore(end)) {
        // The stage's own state is what counts the progress.
      }
    } catch (RuntimeException e) {
      vitals.failed(step.name(), e);
    }
  }
}
