package dev.overseer.server.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.runner.escalation.Escalations;
import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.journal.JournalCodec;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.store.log.LogSettings;
import dev.overseer.store.log.MemoryLog;
import dev.overseer.store.log.SegmentedLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockWatchTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final HandClocks machine = new HandClocks();
  private final AtomicInteger outdated = new AtomicInteger();
  private final IncidentBook incidents =
      new IncidentBook(
          new MemoryLog<>(new UUID(0, 1)),
          new Escalations(List.of(), List.of(), List.of()),
          machine.clock);
  @TempDir private Path directory;
  private SegmentedLog<JournalEntry> log;
  private ClockWatch watch;

  @BeforeEach
  void open() {
    log =
        SegmentedLog.open(
            directory,
            new JournalCodec(),
            LogSettings.of("updates", new UUID(0, 2), machine.clock));
    watch = new ClockWatch(machine.clock, log, incidents, outdated::incrementAndGet);
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void a_clock_that_is_set_back_pauses_intake_and_is_told_until_it_is_put_right() {
    pass(Duration.ofMinutes(1));
    assertThat(log.hasRoom()).isTrue();

    machine.set(HOUR.negated());
    pass(Duration.ofSeconds(10));
    assertThat(log.hasRoom()).isFalse();
    assertThat(incidents.current())
        .extracting(Incident::kind)
        .containsExactly(IncidentKind.OWN_CLOCK_BACK);
    assertThat(incidents.current().getFirst().text()).contains("set back", "Nothing is taken in");

    machine.set(HOUR);
    pass(Duration.ofSeconds(1));
    assertThat(log.hasRoom()).isTrue();
    assertThat(incidents.current()).isEmpty();
    assertThat(outdated).hasValue(0);
  }

  @Test
  void a_clock_that_then_runs_evenly_is_taken_for_right_and_the_server_made_anew() {
    machine.set(HOUR.negated());
    pass(ClockWatch.EVENLY_FOR.minusSeconds(1));
    assertThat(log.hasRoom()).isFalse();
    assertThat(outdated).hasValue(0);

    pass(Duration.ofSeconds(5));
    assertThat(log.hasRoom()).isTrue();
    assertThat(incidents.current()).isEmpty();
    assertThat(outdated).hasValue(1);
    pass(Duration.ofMinutes(5));
    assertThat(outdated).as("once").hasValue(1);
  }

  @Test
  void a_clock_that_is_set_back_again_and_again_is_not_taken_for_right() {
    for (int i = 0; i < 10; i++) {
      machine.set(HOUR.negated());
      pass(Duration.ofSeconds(20));
    }
    assertThat(log.hasRoom()).isFalse();
    assertThat(outdated).hasValue(0);
  }

  @Test
  void what_a_time_service_corrects_in_passing_is_not_told() {
    machine.set(Duration.ofMillis(-900));
    pass(Duration.ofSeconds(5));

    assertThat(log.hasRoom()).isTrue();
    assertThat(incidents.current()).isEmpty();
  }

  @Test
  void an_incident_of_an_earlier_life_is_over_at_the_first_look() {
    incidents.raise(IncidentKind.OWN_CLOCK_BACK, ClockWatch.SUBJECT, "of an earlier life");
    pass(Duration.ofSeconds(1));

    assertThat(incidents.current()).isEmpty();
  }

  private void pass(Duration duration) {
    for (long i = 0; i < duration.toMillis(); i += 500) {
      machine.pass(Duration.ofMillis(500));
      watch.step();
    }
  }
}
