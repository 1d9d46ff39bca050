package dev.overseer.runner.violations;

import static dev.overseer.runner.journal.JournalSamples.withdrawal;
import static dev.overseer.runner.violations.Desk.fails;
import static dev.overseer.runner.violations.Desk.passes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.Escalated;
import dev.overseer.runner.journal.JournalEntry.IncidentTransitioned;
import dev.overseer.runner.journal.JournalEntry.Judged;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.transitions.HumanAction;
import dev.overseer.runner.transitions.TransitionTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random programs of verdicts, people, clocks and crashes; the journal is the only survivor. */
class CrashSimulationTest {
  private static final int STEPS = 120;
  private static final String[][] REASONS = {{"missing"}, {"wrong-amount"}, {"missing", "late"}};

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void books_made_of_any_prefix_of_the_journal_are_the_books_of_that_moment(long seed) {
    Random random = new Random(seed);
    Desk desk = Desk.fresh();

    for (int i = 0; i < STEPS; i++) {
      step(desk, random, i);
      Desk replayed = desk.onPrefix(desk.journal.end().value());
      assertThat(replayed.violations.current()).isEqualTo(desk.violations.current());
      assertThat(replayed.incidents.current()).isEqualTo(desk.incidents.current());
    }

    for (long count = 0; count < desk.journal.end().value(); count++) {
      desk.onPrefix(count);
    }
    assertThat(desk.entries(Transitioned.class))
        .hasSizeGreaterThan(15)
        .allMatch(
            moved ->
                TransitionTable.find(moved.move().from(), moved.move().cause())
                    .filter(step -> step.to() == moved.move().to())
                    .isPresent());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void a_runner_that_crashes_and_judges_again_leaves_the_journal_of_one_that_did_not(long seed) {
    List<Finding> findings = findings(new Random(seed));
    Desk calm = Desk.fresh();
    findings.forEach(calm::record);

    Desk desk = Desk.fresh();
    Random random = new Random(~seed);
    int checkpoint = 0;
    LogOffset checkpointed = LogOffset.ZERO;
    for (int next = 0; next < findings.size(); ) {
      int until = Math.min(findings.size(), next + 1 + random.nextInt(10));
      desk.recorder.record(findings.subList(next, until));
      next = until;
      if (random.nextBoolean()) {
        LogOffset end = desk.recorder.sync();
        if (random.nextBoolean()) {
          checkpoint = next;
          checkpointed = end;
        }
      }
      if (random.nextInt(4) == 0) {
        desk = desk.afterCrash(checkpointed);
        next = checkpoint;
      }
    }
    desk.recorder.sync();

    assertThat(told(desk)).isEqualTo(told(calm)).doesNotHaveDuplicates().isNotEmpty();
    assertThat(steps(desk)).isEqualTo(steps(calm)).doesNotHaveDuplicates();
    assertThat(judged(desk)).doesNotHaveDuplicates().containsExactlyElementsOf(judged(calm));
    assertThat(desk.violations.current()).isEqualTo(calm.violations.current());
  }

  private static void step(Desk desk, Random random, int i) {
    RecordKey root = withdrawal("" + random.nextInt(4));
    desk.clock.advance(Duration.ofSeconds(random.nextInt(20)));
    switch (random.nextInt(8)) {
      case 0, 1 -> desk.record(finding(random, root, i));
      case 2 -> desk.record(finding(random, root, i), finding(random, root, i + 0.5));
      case 3 -> desk.record(finding(random, root, Math.max(0, i - random.nextInt(20))));
      case 4 -> desk.incidents.raise(IncidentKind.SOURCE_STALE, "payments", "text " + i % 3);
      case 5 -> desk.incidents.clear(IncidentKind.SOURCE_STALE, "payments", "it is heard again");
      case 6 -> desk.waking.step();
      default -> act(desk, random, root);
    }
  }

  private static void act(Desk desk, Random random, RecordKey root) {
    HumanAction action =
        switch (random.nextInt(4)) {
          case 0 -> new HumanAction.Acknowledge("asked the bank");
          case 1 ->
              new HumanAction.Snooze(desk.clock.instant().plusSeconds(30), "the bank is asked");
          case 2 -> new HumanAction.Accept("a test account");
          default -> new HumanAction.Resolve("booked by hand");
        };
    try {
      desk.act(root, action);
    } catch (InvalidRequest refused) {
      assertThat(refused).hasMessageMatching("(?s)(There is no violation|Cannot).*");
    }
  }

  private static List<Finding> findings(Random random) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      findings.add(finding(random, withdrawal("" + random.nextInt(4)), i));
    }
    return findings;
  }

  private static Finding finding(Random random, RecordKey root, double second) {
    return random.nextInt(3) == 0
        ? passes(root, second)
        : fails(root, second, REASONS[random.nextInt(REASONS.length)]);
  }

  private static List<Escalated> told(Desk desk) {
    return desk.entries(Escalated.class);
  }

  private static List<JournalEntry> steps(Desk desk) {
    return desk.entries()
        .filter(entry -> entry instanceof Transitioned || entry instanceof IncidentTransitioned)
        .toList();
  }

  private static List<Object> judged(Desk desk) {
    return Stream.<Object>concat(
            desk.entries(Judged.class).stream().map(Judged::id),
            desk.entries(JournalEntry.QuietVerdicts.class).stream()
                .flatMap(quiet -> quiet.verdicts().stream().map(quiet::whole)))
        .toList();
  }
}
