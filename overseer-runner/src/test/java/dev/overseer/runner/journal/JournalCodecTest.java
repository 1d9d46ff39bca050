package dev.overseer.runner.journal;

import static dev.overseer.runner.journal.JournalSamples.CHECK;
import static dev.overseer.runner.journal.JournalSamples.DEFINITION;
import static dev.overseer.runner.journal.JournalSamples.NO_EVIDENCE;
import static dev.overseer.runner.journal.JournalSamples.START;
import static dev.overseer.runner.journal.JournalSamples.evidence;
import static dev.overseer.runner.journal.JournalSamples.second;
import static dev.overseer.runner.journal.JournalSamples.update;
import static dev.overseer.runner.journal.JournalSamples.verdict;
import static dev.overseer.runner.journal.JournalSamples.withdrawal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Verdict;
import dev.overseer.checks.Verdict.Completeness;
import dev.overseer.model.CorruptStore;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogOffset;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.State;
import dev.overseer.store.log.Sha256;
import dev.overseer.store.retention.Deletion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalCodecTest {
  private static final RecordKey ROOT = withdrawal("4711");
  private static final Outcome.Reason WRONG_AMOUNT =
      new Outcome.Reason("wrong-amount", "The booking is of another amount", "1.10", "1.1");
  private static final VerdictId VERDICT =
      VerdictId.of(verdict(ROOT, 1, new Outcome.Failed(List.of(WRONG_AMOUNT))));
  private static final ViolationId VIOLATION = ViolationId.of(CHECK, ROOT);
  private static final IncidentId INCIDENT = IncidentId.of(IncidentKind.SOURCE_STALE, "payments");

  private final JournalCodec codec = new JournalCodec();

  static List<JournalEntry> entries() {
    List<JournalEntry> entries = new ArrayList<>();
    entries.add(
        new JournalEntry.Activated(CHECK, DEFINITION, EffectiveTime.MIN, "when fresh", START));
    outcomes().map(outcome -> judged(verdict(ROOT, 1, outcome))).forEach(entries::add);
    entries.add(judged(provisional()));
    entries.add(
        new JournalEntry.QuietVerdicts(
            CHECK,
            DEFINITION,
            List.of(
                quiet("1", 5, Outcome.passed()),
                quiet("2", 4, Outcome.notApplicable("not completed")),
                quiet("3", 4, Outcome.notApplicable("refunded")),
                quiet("1", 9, Outcome.notApplicable("not completed")))));
    entries.add(
        new JournalEntry.QuietVerdicts(
            CHECK, DEFINITION, List.of(quiet("1", -5, Outcome.passed()))));
    grounds()
        .map(grounds -> new JournalEntry.Transitioned(VIOLATION, CHECK, ROOT, move(grounds)))
        .forEach(entries::add);
    for (IncidentKind kind : IncidentKind.values()) {
      entries.add(
          new JournalEntry.IncidentTransitioned(
              INCIDENT, kind, "payments", move(new Grounds.Trouble("not heard for 30 s"))));
    }
    DeliveryId delivery = DeliveryId.of(move(new Grounds.Clock()).id(), "webhook");
    entries.add(
        new JournalEntry.Escalated(delivery, VIOLATION, 3, "webhook", "{\"a\":\"1.10\"}", START));
    entries.add(new JournalEntry.Escalated(delivery, INCIDENT, 1, "log", "{}", START));
    entries.add(new JournalEntry.Delivered(delivery, START));
    entries.add(new JournalEntry.DeliveryFailed(delivery, 3, "503 Service Unavailable", START));
    entries.add(new JournalEntry.DeliveryGivenUp(delivery, "no answer", START));
    entries.add(
        new JournalEntry.SubjectErased(
            "customer", "00ff", "AAAAAAAAAAAA", "ann", "article 17", START));
    entries.add(
        new JournalEntry.SweepBegun(
            CHECK, DEFINITION, SweepScope.UNJUDGED, Optional.empty(), "a stricter rule", START));
    entries.add(
        new JournalEntry.SweepWent(
            CHECK,
            DEFINITION,
            second(7),
            List.of(ROOT, withdrawal("4712")),
            50,
            Optional.of(withdrawal("4713")),
            START));
    entries.add(
        new JournalEntry.SweepWent(
            CHECK, DEFINITION, second(8), List.of(), 3, Optional.empty(), START));
    entries.add(
        new JournalEntry.SweepEnded(
            CHECK,
            DEFINITION,
            new SweepTally(1, 2, 3, 4, 5, 6, 7),
            Optional.of("ann"),
            "not now",
            START));
    entries.add(
        new JournalEntry.ModeChosen(
            JournalSamples.CHECK, CheckMode.OBSERVE, Optional.of("ann"), "it is new", START));
    entries.add(
        new JournalEntry.ModeChosen(
            JournalSamples.CHECK, CheckMode.PAUSED, Optional.empty(), "configured", START));
    entries.add(
        new JournalEntry.ChangesDeleted(
            new Deletion(
                new LogOffset(0),
                new LogOffset(1000),
                2,
                new Sha256("0f".repeat(32)),
                new Sha256("f0".repeat(32)),
                List.of(
                    new Deletion.OfSource(
                        new SourceName("payments"),
                        Duration.ofDays(400),
                        second(50),
                        900,
                        123_456,
                        second(0),
                        second(49)))),
            START));
    return entries;
  }

  @ParameterizedTest
  @MethodSource("entries")
  void an_entry_is_read_as_it_was_written(JournalEntry entry) {
    byte[] bytes = codec.encode(entry);
    byte[] amidOthers = new byte[bytes.length + 7];
    System.arraycopy(bytes, 0, amidOthers, 3, bytes.length);

    assertThat(codec.decode(amidOthers, 3, 3 + bytes.length)).isEqualTo(entry);
  }

  @Test
  void every_kind_of_entry_and_of_grounds_is_among_the_samples() {
    assertThat(entries().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(
            kinds(JournalEntry.class).<Class<?>>map(kind -> kind).toList());
    assertThat(grounds().map(Object::getClass).distinct())
        .hasSameSizeAs(Grounds.class.getPermittedSubclasses());
  }

  private static Stream<Class<?>> kinds(Class<?> sealed) {
    return Stream.of(sealed.getPermittedSubclasses())
        .flatMap(kind -> kind.isSealed() ? kinds(kind) : Stream.of(kind));
  }

  @Test
  void the_bytes_of_what_was_written_once_stay_as_they_are() {
    byte[] bytes =
        codec.encode(
            new JournalEntry.QuietVerdicts(
                CHECK, DEFINITION, List.of(quiet("4711", 5, Outcome.passed()))));

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "1a460a197769746864726177616c2d69732d626f6f6b65642d6f6e63651206633066666565"
                + "1a0a7769746864726177616c20012a0434373131320880ade4e688d2a3063a0380897a");
  }

  @Test
  void a_pass_among_many_takes_little_more_than_its_key() {
    List<JournalEntry.Quiet> many =
        Stream.iterate(0, i -> i + 1)
            .limit(1000)
            .map(i -> quiet("%08d".formatted(i), i * 0.01, Outcome.passed()))
            .toList();

    int bytes = codec.encode(new JournalEntry.QuietVerdicts(CHECK, DEFINITION, many)).length;

    assertThat(bytes / 1000).isLessThanOrEqualTo(8 + 2 + 3 + 4);
  }

  @Test
  void bytes_that_are_no_entry_are_corrupt() {
    assertThatThrownBy(() -> codec.decode(new byte[] {1, 2, 3}, 0, 3))
        .isInstanceOf(CorruptStore.class);
    assertThatThrownBy(() -> codec.decode(new byte[0], 0, 0)).isInstanceOf(CorruptStore.class);
  }

  @Test
  void roots_of_two_models_do_not_share_a_block() {
    JournalEntry mixed =
        new JournalEntry.QuietVerdicts(
            CHECK,
            DEFINITION,
            List.of(
                quiet("1", 1, Outcome.passed()),
                new JournalEntry.Quiet(
                    RecordKey.of(new ModelName("refund"), "1"),
                    second(1),
                    second(2),
                    Outcome.passed())));

    assertThatThrownBy(() -> codec.encode(mixed)).isInstanceOf(InvariantViolated.class);
  }

  private static Stream<Outcome> outcomes() {
    return Stream.of(
        Outcome.passed(),
        new Outcome.Failed(List.of(WRONG_AMOUNT, WRONG_AMOUNT)),
        Outcome.inconclusive("unknown amount"),
        Outcome.notApplicable("not completed"),
        new Outcome.Errored("it threw"));
  }

  private static Stream<Grounds> grounds() {
    return Stream.of(
        new Grounds.Failure(
            VERDICT,
            second(2),
            List.of(WRONG_AMOUNT),
            Optional.of(new Detection(Duration.ofMillis(1234), Duration.ofMillis(-5)))),
        new Grounds.Failure(VERDICT, second(2), List.of(WRONG_AMOUNT), Optional.empty()),
        new Grounds.Healing(VERDICT, second(9), List.of(update(ROOT, 8))),
        new Grounds.Person("ann", "known, fixed by hand", Optional.of(START.plusSeconds(60))),
        new Grounds.Person("ann", "", Optional.empty()),
        new Grounds.Clock(),
        new Grounds.Trouble("not heard for 30 s"),
        new Grounds.Configuration("the check is no longer declared"));
  }

  private static Move move(Grounds grounds) {
    return new Move(
        TransitionId.of(VIOLATION, 2, grounds),
        2,
        State.OPEN,
        Cause.FAILED_OTHERWISE,
        State.OPEN,
        START.plusNanos(1000),
        grounds,
        List.of("log", "webhook"));
  }

  private static JournalEntry judged(Verdict verdict) {
    return new JournalEntry.Judged(
        VerdictId.of(verdict),
        verdict,
        verdict.outcome() instanceof Outcome.Errored ? NO_EVIDENCE : evidence(ROOT, 0.25, 1),
        START);
  }

  private static Verdict provisional() {
    return new Verdict(
        CHECK,
        DEFINITION,
        RecordKey.of(new ModelName("position"), "ETH", "4711"),
        second(1),
        second(1),
        new Completeness.Provisional(List.of(new SourceName("ledger"))),
        Outcome.passed());
  }

  private static JournalEntry.Quiet quiet(String id, double trigger, Outcome outcome) {
    return new JournalEntry.Quiet(withdrawal(id), second(trigger), second(trigger + 1), outcome);
  }
}
