package dev.overseer.runner.violations;

import static dev.overseer.runner.journal.JournalSamples.CHECK;
import static dev.overseer.runner.journal.JournalSamples.withdrawal;
import static dev.overseer.runner.violations.Desk.fails;
import static dev.overseer.runner.violations.Desk.passes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.model.RecordKey;
import dev.overseer.runner.journal.JournalEntry.Escalated;
import dev.overseer.runner.journal.JournalEntry.Transitioned;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.transitions.Cause;
import dev.overseer.runner.transitions.HumanAction;
import dev.overseer.runner.transitions.State;
import dev.overseer.runner.transitions.Step;
import dev.overseer.runner.transitions.TransitionTable;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Takes every row of the table in the book itself; a row that nothing here takes fails. */
class EveryStepTest {
  private static final RecordKey ROOT = withdrawal("4711");

  private final Set<Row> taken = new LinkedHashSet<>();

  private record Row(State from, Cause cause, State to) {}

  /** How to bring a violation from one state to the next, by whatever means the book has. */
  private static final class Walk {
    private final Desk desk = Desk.fresh();
    private double second;

    Walk fail(String... codes) {
      second += 10;
      desk.record(fails(ROOT, second, codes));
      return this;
    }

    Walk pass() {
      second += 10;
      desk.record(passes(ROOT, second));
      return this;
    }

    Walk acknowledge() {
      desk.act(ROOT, new HumanAction.Acknowledge("asked the bank"));
      return this;
    }

    Walk snooze() {
      desk.act(
          ROOT, new HumanAction.Snooze(desk.clock.instant().plusSeconds(60), "the bank is asked"));
      return this;
    }

    Walk accept() {
      desk.act(ROOT, new HumanAction.Accept("a test account"));
      return this;
    }

    Walk resolve() {
      desk.act(ROOT, new HumanAction.Resolve("booked by hand"));
      return this;
    }

    Walk sleep() {
      desk.clock.advance(Duration.ofSeconds(60));
      desk.waking.step();
      return this;
    }

    Walk observe() {
      desk.observed.add(CHECK);
      return this;
    }

    Walk activate() {
      desk.observed.clear();
      desk.waking.step();
      return this;
    }

    Walk retire() {
      desk.violations.retireAllBut(Set.of());
      return this;
    }
  }

  @Test
  void every_row_of_the_table_is_taken_by_a_violation_and_no_other_step_ever_is() {
    take(open().fail("b").pass().fail("a"));
    take(open().acknowledge().fail("b").pass());
    take(open().acknowledge().snooze().sleep().snooze().snooze().fail("b").pass());
    take(open().acknowledge().accept().fail("b").acknowledge().resolve().pass());
    take(open().acknowledge().retire().fail("a").retire());
    take(open().snooze().acknowledge().snooze().accept().acknowledge());
    take(open().snooze().resolve().fail("a").resolve().retire());
    take(open().snooze().retire());
    take(open().accept().pass());
    take(open().accept().resolve());
    take(open().accept().retire());
    take(new Walk().observe().fail("a").activate());

    assertThat(taken)
        .containsExactlyInAnyOrderElementsOf(
            TransitionTable.steps().stream()
                .map(step -> new Row(step.from(), step.cause(), step.to()))
                .toList());
  }

  @Test
  void what_is_told_is_what_the_table_says() {
    Desk desk =
        open().acknowledge().snooze().fail("b").sleep().resolve().pass().fail("a").accept().desk;

    for (Move move : moves(desk)) {
      Step step = TransitionTable.find(move.from(), move.cause()).orElseThrow();
      long told =
          desk.entries(Escalated.class).stream()
              .filter(escalated -> escalated.sequence() == move.sequence())
              .count();
      assertThat(told).as(move.toString()).isEqualTo(step.told() ? 2 : 0);
    }
    assertThat(moves(desk)).anyMatch(move -> !isTold(move)).anyMatch(EveryStepTest::isTold);
  }

  private static boolean isTold(Move move) {
    return TransitionTable.find(move.from(), move.cause()).orElseThrow().told();
  }

  private static Walk open() {
    return new Walk().fail("a");
  }

  private void take(Walk walk) {
    moves(walk.desk).forEach(move -> taken.add(new Row(move.from(), move.cause(), move.to())));
  }

  private static List<Move> moves(Desk desk) {
    return desk.entries(Transitioned.class).stream().map(Transitioned::move).toList();
  }
}
