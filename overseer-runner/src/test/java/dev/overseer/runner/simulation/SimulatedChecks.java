package dev.overseer.runner.simulation;

import static dev.overseer.checks.ExecutionStrategy.after;
import static dev.overseer.checks.ExecutionStrategy.atEach;
import static dev.overseer.checks.ExecutionStrategy.custom;
import static dev.overseer.checks.ExecutionStrategy.eventuallyWithin;
import static dev.overseer.checks.ExecutionStrategy.immediately;
import static dev.overseer.checks.ExecutionStrategy.whenFresh;

import dev.overseer.checks.Check;
import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Judging;
import dev.overseer.checks.Outcome;
import dev.overseer.model.CheckName;
import dev.overseer.runner.SmallExchange.Booking;
import dev.overseer.runner.SmallExchange.Entry;
import dev.overseer.runner.SmallExchange.LooseBooking;
import dev.overseer.runner.SmallExchange.Progress;
import dev.overseer.runner.SmallExchange.Receipted;
import dev.overseer.runner.SmallExchange.Slip;
import dev.overseer.runner.SmallExchange.Withdrawal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** A check for every strategy and every shape of view; some of them throw, and some look at now. */
final class SimulatedChecks {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private SimulatedChecks() {}

  private static final Map<String, Shape> SHAPES = shapes();

  /** A check but for its name. */
  @FunctionalInterface
  private interface Shape {
    CheckDeclaration<?> named(String name);
  }

  /**
   * A check but for its name, as one may pick it.
   *
   * @param existingRows whether rows that existed trigger it too, whatever its shape says
   */
  record Pick(String shape, boolean existingRows) {
    static Pick any(Random random) {
      return new Pick(List.copyOf(SHAPES.keySet()).get(random.nextInt(SHAPES.size())), false);
    }

    /** The same check but for what it selects, if its shape leaves that open. */
    Pick otherwiseSelected() {
      return new Pick(shape, !existingRows);
    }

    CheckDefinition<?> named(String name) {
      CheckDeclaration<?> check = Objects.requireNonNull(SHAPES.get(shape)).named(name);
      return (existingRows ? check.fromSnapshot() : check).definition();
    }
  }

  /** One of each shape. */
  static List<CheckDefinition<?>> all() {
    return SHAPES.keySet().stream()
        .<CheckDefinition<?>>map(shape -> new Pick(shape, false).named(shape))
        .toList();
  }

  private static Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("fresh", name -> check(name, Booking.class, SimulatedChecks::booked));
    shapes.put(
        "fresh-at-once",
        name ->
            check(name, Booking.class, SimulatedChecks::booked)
                .strategy(whenFresh(Duration.ZERO))
                .ignoreOrphans());
    shapes.put(
        "eventually",
        name ->
            check(name, Booking.class, SimulatedChecks::booked)
                .strategy(eventuallyWithin(SECOND.multipliedBy(2))));
    shapes.put(
        "eventually-by-root",
        name ->
            check(name, Booking.class, SimulatedChecks::booked)
                .triggeredBy("withdrawal")
                .strategy(eventuallyWithin(SECOND.multipliedBy(3))));
    shapes.put(
        "deadline",
        name ->
            check(name, Progress.class, SimulatedChecks::done)
                .strategy(after(SECOND.multipliedBy(3))));
    shapes.put(
        "at-once",
        name -> check(name, LooseBooking.class, SimulatedChecks::loose).strategy(immediately()));
    shapes.put(
        "receipted",
        name ->
            check(name, Receipted.class, SimulatedChecks::receipted)
                .triggeredBy("entries", "receipts")
                .strategy(after(SECOND)));
    shapes.put(
        "slip",
        name -> check(name, Slip.class, SimulatedChecks::slip).strategy(eventuallyWithin(SECOND)));
    shapes.put(
        "existing", name -> check(name, Booking.class, SimulatedChecks::booked).fromSnapshot());
    shapes.put(
        "existing-receipts",
        name ->
            check(name, Receipted.class, SimulatedChecks::receipted)
                .fromSnapshot()
                .triggeredBy("receipts")
                .strategy(eventuallyWithin(SECOND)));
    shapes.put(
        "existing-deadline",
        name ->
            check(name, Progress.class, SimulatedChecks::done)
                .fromSnapshot()
                .strategy(after(SECOND)));
    shapes.put(
        "own",
        name ->
            check(name, Booking.class, SimulatedChecks::booked)
                .strategy(
                    custom(
                        "own", SECOND.multipliedBy(4), Booking.class, SimulatedChecks::ownCuts)));
    shapes.put(
        "rested",
        name ->
            check(name, Booking.class, SimulatedChecks::booked)
                .strategy(whenFresh().debounced(SECOND, SECOND.multipliedBy(2))));
    shapes.put(
        "rested-window",
        name ->
            check(name, Receipted.class, SimulatedChecks::receipted)
                .strategy(eventuallyWithin(SECOND.multipliedBy(2)).debounced(SECOND.dividedBy(2))));
    shapes.put(
        "rested-own",
        name ->
            check(name, Booking.class, SimulatedChecks::booked)
                .strategy(
                    custom("own", SECOND.multipliedBy(4), Booking.class, SimulatedChecks::ownCuts)
                        .debounced(SECOND)));
    shapes.put(
        "now-and-later",
        name ->
            check(name, Progress.class, SimulatedChecks::done)
                .strategy(atEach(immediately(), whenFresh(), after(SECOND.multipliedBy(3)))));
    return Collections.unmodifiableMap(shapes);
  }

  private static <V> CheckDeclaration<V> check(String name, Class<V> type, Check<V> check) {
    return new CheckDeclaration<>(new CheckName(name), type, check);
  }

  private static List<Instant> ownCuts(Instant trigger, Booking view) {
    return switch (view.entries().size()) {
      case 0 -> List.of(trigger.plusSeconds(4), trigger.plusSeconds(2));
      case 1 -> List.of(trigger, trigger.plusSeconds(1));
      case 2 -> List.of();
      default -> List.of(trigger.plusSeconds(5));
    };
  }

  private static Outcome booked(Booking view, Judging judging) {
    return compared(view.withdrawal(), view.entries());
  }

  private static Outcome loose(LooseBooking view, Judging judging) {
    return view.withdrawal()
        .map(withdrawal -> compared(withdrawal, view.entries()))
        .orElse(Outcome.failed("nothing", "No withdrawal", 0, view.entries().size()));
  }

  private static Outcome compared(Withdrawal withdrawal, List<Entry> entries) {
    BigDecimal booked =
        entries.stream().map(Entry::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    if (booked.intValue() == 9) {
      throw new ArithmeticException("Nine is too many");
    }
    return booked.compareTo(withdrawal.amount()) == 0
        ? Outcome.passed()
        : Outcome.failed("amount", "Booked otherwise", withdrawal.amount(), booked);
  }

  /** Depends on the cut beside the view. */
  private static Outcome done(Progress view, Judging judging) {
    return view.withdrawal().status().equals("done") || judging.now().getEpochSecond() % 7 == 0
        ? Outcome.passed()
        : Outcome.failed("open", "Still open", "done", judging.now());
  }

  private static Outcome receipted(Receipted view, Judging judging) {
    int entries = view.entries().size();
    return view.receipts().size() == entries
        ? Outcome.passed()
        : Outcome.failed("receipts", "Not a receipt each", entries, view.receipts());
  }

  private static Outcome slip(Slip view, Judging judging) {
    return view.entry()
        .map(entry -> entry.amount().intValue() == 5 ? Outcome.passed() : Outcome.notApplicable(""))
        .orElse(Outcome.failed("no-entry", "A receipt of nothing", view.receipt().id(), "none"));
  }
}
