package dev.overseer.server.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.overseer.model.LogOffset;
import dev.overseer.store.log.LogReader;
import dev.overseer.store.log.MemoryLog;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JourneyTest {
  private final Vitals vitals = new Vitals();
  private final Journey journey = new Journey(vitals, InstantSource.system());
  private final MemoryLog<String> log = new MemoryLog<>(new UUID(0, 1));

  @Test
  void stopping_loses_nothing_that_was_brought_in() {
    AtomicInteger brought = new AtomicInteger();
    List<String> followed = new CopyOnWriteArrayList<>();
    LogReader<String> reader = log.reader(LogOffset.ZERO);
    journey.bringIn("tail", () -> bring(brought));
    journey.then("store", new GroupCommit(log));
    journey.then("follow", () -> reader.next() && followed.add(reader.record()));

    journey.start();
    await().until(() -> followed.size() > 100);
    journey.close();

    assertThat(followed).hasSize(brought.get());
    assertThat(followed).last().isEqualTo("update " + brought.get());
    assertThat(vitals.areGood()).isTrue();
  }

  /** No more than its followers can work off in a moment. */
  private boolean bring(AtomicInteger brought) {
    if (brought.get() >= 5_000) {
      return false;
    }
    log.append("update " + brought.incrementAndGet());
    return true;
  }

  @Test
  void a_stage_that_failed_is_not_asked_to_work_off_anything() {
    AtomicInteger steps = new AtomicInteger();
    journey.then(
        "failing",
        () -> {
          steps.incrementAndGet();
          throw new IllegalStateException("for this test");
        });

    journey.start();
    await().until(() -> !vitals.areGood());
    journey.close();

    assertThat(steps).hasValue(1);
  }
}
