package dev.overseer.server.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.ingestion.SourceCounts;
import dev.overseer.ingestion.SourceStatus;
import dev.overseer.ingestion.SourceStatus.Phase;
import dev.overseer.ingestion.SourceTrouble;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.runner.escalation.Escalations;
import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.incidents.IncidentBook;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.store.log.MemoryLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceIncidentsTest implements SourceIncidents.Watched {
  private static final SourceName LEDGER = new SourceName("ledger");

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private EffectiveTime watermark = EffectiveTime.MIN;
  private Phase phase = Phase.TAILING;
  private Optional<String> failure = Optional.empty();
  private OptionalLong retainedBytes = OptionalLong.empty();
  private final IncidentBook book =
      new IncidentBook(
          new MemoryLog<>(new UUID(0, 1)),
          new Escalations(List.of(), List.of(), List.of()),
          () -> now);
  private final SourceIncidents incidents = new SourceIncidents(book, () -> now);

  @BeforeEach
  void watch() {
    incidents.watch(this);
  }

  @Test
  void a_source_whose_watermark_stands_still_is_stale_until_it_moves() {
    pass(Duration.ofSeconds(29));
    assertThat(book.current()).isEmpty();

    failure = Optional.of("connection refused");
    pass(Duration.ofSeconds(1));
    assertThat(book.current())
        .extracting(Incident::kind)
        .containsExactly(IncidentKind.SOURCE_STALE);
    assertThat(book.current().getFirst().text()).contains("connection refused");
    assertThat(incidents.isStale(LEDGER)).isTrue();

    watermark = EffectiveTime.of(now);
    pass(Duration.ofSeconds(1));
    assertThat(book.current()).isEmpty();
    assertThat(incidents.isStale(LEDGER)).isFalse();
  }

  @Test
  void a_source_whose_watermark_moves_is_not_stale_but_told_when_it_is_far_behind() {
    for (int i = 0; i < 100; i++) {
      watermark = new EffectiveTime(i);
      pass(Duration.ofSeconds(10));
    }
    assertThat(incidents.isStale(LEDGER)).isFalse();
    assertThat(book.current())
        .extracting(Incident::kind)
        .containsExactly(IncidentKind.SOURCE_BEHIND);

    step(Duration.ofSeconds(1));
    assertThat(book.current()).isEmpty();
  }

  @Test
  void a_refusal_is_over_as_soon_as_the_source_is_tailed() {
    phase = Phase.DISCONNECTED;
    incidents.raise(new SourceTrouble.Refused(LEDGER, "GRANT is missing"));
    pass(Duration.ofSeconds(1));
    assertThat(book.current())
        .extracting(Incident::kind)
        .containsExactly(IncidentKind.SOURCE_REFUSED);

    phase = Phase.TAILING;
    pass(Duration.ofSeconds(1));
    assertThat(book.current()).isEmpty();
  }

  @Test
  void counted_troubles_are_over_after_a_quiet_while() {
    incidents.raise(new SourceTrouble.Clamped(LEDGER, 3));
    step(Duration.ofMinutes(9));
    assertThat(book.current()).extracting(Incident::kind).contains(IncidentKind.CLAMPED_COMMITS);

    step(Duration.ofMinutes(1));
    assertThat(book.current()).isEmpty();
  }

  @Test
  void a_log_that_is_kept_for_us_is_told_before_the_disk_is_full() {
    retainedBytes = OptionalLong.of(101 << 20);
    step(Duration.ofSeconds(1));
    assertThat(book.current())
        .extracting(Incident::kind)
        .containsExactly(IncidentKind.LOG_RETAINED);

    retainedBytes = OptionalLong.of(60 << 20);
    step(Duration.ofSeconds(1));
    assertThat(book.current()).as("not yet low enough").hasSize(1);

    retainedBytes = OptionalLong.of(1 << 20);
    step(Duration.ofSeconds(1));
    assertThat(book.current()).isEmpty();
  }

  @Test
  void a_clock_that_was_set_back_is_told_as_long_as_it_is_behind() {
    incidents.raise(new SourceTrouble.SetBack(LEDGER));
    step(Duration.ofSeconds(15));
    incidents.raise(new SourceTrouble.SetBack(LEDGER));
    step(Duration.ofSeconds(15));
    assertThat(book.current())
        .singleElement()
        .satisfies(
            incident -> {
              assertThat(incident.kind()).isEqualTo(IncidentKind.CLOCK_BACK);
              assertThat(incident.text()).contains("'ledger'", "its checks wait");
            });

    step(Duration.ofSeconds(10));
    assertThat(book.current()).isEmpty();
  }

  @Test
  void tables_that_are_not_seen_are_told_as_long_as_it_lasts() {
    SourceTrouble blind =
        new SourceTrouble.Blind(LEDGER, Map.of(TableName.parse("public.entries"), "it is gone"));
    incidents.raise(blind);
    step(Duration.ofSeconds(15));
    incidents.raise(blind);
    step(Duration.ofSeconds(15));
    assertThat(book.current())
        .singleElement()
        .satisfies(incident -> assertThat(incident.text()).contains("public.entries: it is gone"));

    step(Duration.ofSeconds(10));
    assertThat(book.current()).isEmpty();
  }

  /** With a watermark that moves along. */
  private void step(Duration duration) {
    watermark = EffectiveTime.of(now.plus(duration));
    pass(duration);
  }

  private void pass(Duration duration) {
    incidents.step();
    now = now.plus(duration);
    incidents.step();
  }

  @Override
  public SourceName name() {
    return LEDGER;
  }

  @Override
  public Duration staleAfter() {
    return Duration.ofSeconds(30);
  }

  @Override
  public long retainedWarningBytes() {
    return 100 << 20;
  }

  @Override
  public SourceStatus status() {
    return new SourceStatus(
        LEDGER,
        phase,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        watermark,
        0,
        Optional.empty(),
        retainedBytes,
        Optional.empty(),
        failure,
        new SourceCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }
}
