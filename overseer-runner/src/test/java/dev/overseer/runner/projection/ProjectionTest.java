package dev.overseer.runner.projection;

import static dev.overseer.runner.journal.JournalSamples.CHECK;
import static dev.overseer.runner.journal.JournalSamples.DEFINITION;
import static dev.overseer.runner.journal.JournalSamples.START;
import static dev.overseer.runner.journal.JournalSamples.second;
import static dev.overseer.runner.journal.JournalSamples.withdrawal;
import static dev.overseer.runner.violations.Desk.fails;
import static dev.overseer.runner.violations.Desk.passes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Unavailable;
import dev.overseer.runner.incidents.Incident;
import dev.overseer.runner.journal.ActivationBook;
import dev.overseer.runner.journal.Grounds;
import dev.overseer.runner.journal.IncidentId;
import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.runner.journal.JournalEntry.Delivered;
import dev.overseer.runner.journal.JournalEntry.DeliveryFailed;
import dev.overseer.runner.journal.JournalEntry.DeliveryGivenUp;
import dev.overseer.runner.journal.JournalEntry.Escalated;
import dev.overseer.runner.journal.Move;
import dev.overseer.runner.transitions.HumanAction;
import dev.overseer.runner.transitions.State;
import dev.overseer.runner.violations.Desk;
import dev.overseer.runner.violations.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectionTest {
  private static final RecordKey ROOT = withdrawal("4711");
  private static final Set<State> CURRENT =
      Set.of(State.OPEN, State.ACKNOWLEDGED, State.SNOOZED, State.ACCEPTED, State.RESOLVED);

  @TempDir private Path directory;
  private final Desk desk = Desk.fresh();

  @Test
  void it_says_what_the_books_say_however_often_it_is_made_again() throws IOException {
    live(new Random(7), 200);
    project();
    assertLikeTheBooks();

    live(new Random(8), 100);
    project();
    assertLikeTheBooks();

    delete();
    project();
    assertLikeTheBooks();
  }

  @Test
  void a_violation_has_its_history_its_evidence_and_what_was_owed_for_it() {
    desk.record(fails(ROOT, 1, "missing"), fails(ROOT, 2, "wrong-amount"));
    desk.act(ROOT, new HumanAction.Acknowledge("asked the bank"));
    desk.record(passes(ROOT, 9));
    List<Escalated> owed = desk.entries(Escalated.class);
    desk.journal.append(new DeliveryFailed(owed.get(0).id(), 1, "no answer", START));
    desk.journal.append(new Delivered(owed.get(0).id(), START));
    desk.journal.append(new DeliveryFailed(owed.get(1).id(), 4, "it answered 500", START));
    desk.journal.append(new DeliveryGivenUp(owed.get(3).id(), "too late", START));
    desk.journal.sync();
    project();

    try (Projection projection = open()) {
      String id = desk.violation(ROOT).id().hex();
      ViolationHistory history = projection.violation(id).orElseThrow();

      assertThat(history.violation()).isEqualTo(desk.violation(ROOT));
      assertThat(history.steps())
          .extracting(Move::word)
          .containsExactly("opened", "changed", "acknowledged", "healed");
      assertThat(history.failure().orElseThrow().verdict().cut()).isEqualTo(second(3));
      assertThat(history.failure().orElseThrow().evidence().updates()).isNotEmpty();
      assertThat(history.deliveries())
          .hasSize(8)
          .extracting(delivery -> delivery.state() + " " + delivery.attempts() + delivery.error())
          .contains("delivered 1", "owed 4it answered 500", "given-up 0too late", "owed 0");
      assertThat(projection.owed(100)).hasSize(6);
    }
  }

  @Test
  void what_people_say_is_there_with_who_and_when_however_often_it_is_made_again()
      throws IOException {
    desk.record(fails(ROOT, 1, "missing"));
    desk.act(ROOT, new HumanAction.Acknowledge("asked the bank"));
    desk.act(ROOT, new HumanAction.Snooze(START.plusSeconds(200), "the bank answers tomorrow"));
    desk.act(ROOT, new HumanAction.Accept("rounded by the bank"));
    desk.act(ROOT, new HumanAction.Resolve("booked by hand"));
    project();
    List<Move> moves = moves();

    delete();
    project();

    assertThat(moves()).isEqualTo(moves);
    assertThat(moves).extracting(Move::at).containsOnly(desk.clock.instant());
    assertThat(moves)
        .extracting(Move::grounds)
        .endsWith(
            new Grounds.Person("ann", "asked the bank", Optional.empty()),
            new Grounds.Person(
                "ann", "the bank answers tomorrow", Optional.of(START.plusSeconds(200))),
            new Grounds.Person("ann", "rounded by the bank", Optional.empty()),
            new Grounds.Person("ann", "booked by hand", Optional.empty()));
  }

  private List<Move> moves() {
    try (Projection projection = open()) {
      String id = desk.violation(ROOT).id().hex();
      return projection.violation(id).orElseThrow().steps();
    }
  }

  @Test
  void a_violation_is_found_by_the_beginning_of_its_id() {
    desk.record(fails(ROOT, 1, "missing"));
    project();

    try (Projection projection = open()) {
      String id = desk.violation(ROOT).id().hex();
      assertThat(projection.violation(id.substring(0, 6))).isPresent();
      assertThat(projection.violation("0000")).isEmpty();
      assertThatThrownBy(() -> projection.violation("4711 OR TRUE"))
          .isInstanceOf(InvalidRequest.class);
    }
  }

  @Test
  void violations_come_in_pages_the_latest_first() {
    for (int i = 0; i < 10; i++) {
      desk.record(fails(withdrawal("" + i), i, "missing"));
      desk.clock.advance(Duration.ofSeconds(1));
    }
    desk.record(passes(withdrawal("3"), 20));
    project();

    try (Projection projection = open()) {
      RowPage<Violation> page =
          projection.violations(
              RowFilter.all().in(Set.of(State.OPEN)).about(CHECK.value()).page(2, 3));

      assertThat(page.total()).isEqualTo(9);
      assertThat(page.rows())
          .extracting(Violation::root)
          .containsExactly(withdrawal("7"), withdrawal("6"), withdrawal("5"));
      assertThat(projection.violations(RowFilter.all()).rows().getFirst().state())
          .isEqualTo(State.HEALED);
      assertThat(projection.violations(RowFilter.all().about("another")).rows()).isEmpty();
    }
  }

  @Test
  void incidents_and_activations_are_there() {
    desk.incidents.raise(IncidentKind.SOURCE_STALE, "payments", "not heard for 30 s");
    desk.incidents.clear(IncidentKind.SOURCE_STALE, "payments", "heard again");
    ActivationBook activations = new ActivationBook(desk.journal, desk.clock);
    activations.activate(CHECK, DEFINITION, second(5), "when fresh");
    project();

    try (Projection projection = open()) {
      assertThat(projection.incidents(RowFilter.all().about("source-stale")).rows())
          .singleElement()
          .satisfies(incident -> assertThat(incident.text()).isEqualTo("heard again"));
      assertThat(projection.steps(IncidentId.of(IncidentKind.SOURCE_STALE, "payments")))
          .extracting(Move::word)
          .containsExactly("opened", "healed");
      assertThat(projection.activations(CHECK))
          .containsExactly(activations.find(CHECK).orElseThrow());
    }
  }

  @Test
  void a_reader_sees_what_is_written_while_it_is_open() {
    try (Projector projector = new Projector(file(), desk.journal);
        Projection projection = open()) {
      assertThat(projection.violations(RowFilter.all()).rows()).isEmpty();

      desk.record(fails(ROOT, 1, "missing"));
      assertThat(projector.step()).isTrue();
      assertThat(projector.step()).isFalse();

      assertThat(projection.violations(RowFilter.all()).rows()).hasSize(1);
      assertThat(projection.consumed()).isEqualTo(desk.journal.end());
    }
  }

  @Test
  void the_tables_of_another_journal_are_made_again() {
    desk.record(fails(ROOT, 1, "missing"));
    project();
    Desk other = Desk.onJournal(new UUID(0, 2));

    try (Projector projector = new Projector(file(), other.journal)) {
      projector.step();
    }

    try (Projection projection = open()) {
      assertThat(projection.violations(RowFilter.all()).rows()).isEmpty();
    }
  }

  @Test
  void without_a_file_it_says_so() {
    assertThatThrownBy(this::open)
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("made again");
  }

  private void live(Random random, int steps) {
    double second = desk.journal.end().value();
    for (int i = 0; i < steps; i++) {
      RecordKey root = withdrawal("" + random.nextInt(20));
      second++;
      desk.clock.advance(Duration.ofSeconds(random.nextInt(20)));
      switch (random.nextInt(6)) {
        case 0 -> desk.record(passes(root, second));
        case 1 -> desk.record(fails(root, second, "missing"));
        case 2 -> desk.record(fails(root, second, "wrong-amount", "late"));
        case 3 -> desk.incidents.raise(IncidentKind.GAP, "payments", "text " + i % 5);
        case 4 -> desk.waking.step();
        default -> act(random, root);
      }
    }
  }

  private void act(Random random, RecordKey root) {
    try {
      desk.act(
          root,
          random.nextBoolean()
              ? new HumanAction.Snooze(desk.clock.instant().plusSeconds(30), "the bank is asked")
              : new HumanAction.Resolve("booked by hand"));
    } catch (InvalidRequest refused) {
      assertThat(refused).hasMessageContaining("violation");
    }
  }

  private void assertLikeTheBooks() {
    try (Projection projection = open()) {
      assertThat(projection.violations(RowFilter.all().in(CURRENT)).rows())
          .containsExactlyInAnyOrderElementsOf(desk.violations.current())
          .hasSizeGreaterThan(5);
      assertThat(projection.incidents(RowFilter.all().in(CURRENT)).rows())
          .extracting(Incident::id, Incident::text, Incident::state)
          .isEqualTo(
              desk.incidents.current().stream()
                  .map(each -> tuple(each.id(), each.text(), each.state()))
                  .toList());
    }
  }

  private void project() {
    try (Projector projector = new Projector(file(), desk.journal)) {
      boolean more = true;
      while (more) {
        more = projector.step();
      }
    }
  }

  private Projection open() {
    return Projection.open(file());
  }

  private Path file() {
    return directory.resolve("projection.sqlite");
  }

  private void delete() throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
