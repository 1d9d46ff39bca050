package dev.overseer.examples.exchange.traffic;

import static dev.overseer.examples.exchange.ExchangeChecks.BOOKED_WITHIN;
import static dev.overseer.examples.exchange.ExchangeChecks.COMPLETED_AFTER;

import dev.overseer.examples.exchange.traffic.Action.Complete;
import dev.overseer.examples.exchange.traffic.Action.CorrectEntry;
import dev.overseer.examples.exchange.traffic.Action.Enter;
import dev.overseer.examples.exchange.traffic.Action.PayRefund;
import dev.overseer.examples.exchange.traffic.Action.RemoveEntry;
import dev.overseer.examples.exchange.traffic.Action.Request;
import dev.overseer.examples.exchange.traffic.Action.ReverseRefund;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Writes the script of one withdrawal. Used once, by one thread. */
final class Screenplay {
  private static final double LATE = 0.02;
  private static final double REFUNDED = 0.05;
  private static final Duration SETTLE = Duration.ofSeconds(1);
  private static final List<String> CURRENCIES = List.of("BTC", "ETH", "USDC");

  private final Duration start;
  private final SplittableRandom random;
  private final UUID withdrawal;
  private final UUID entry;
  private final Money money;
  private final List<Script.Step> steps = new ArrayList<>();

  Screenplay(Duration start, SplittableRandom random) {
    this.start = start;
    this.random = random;
    this.withdrawal = id(random);
    this.entry = id(random);
    this.money =
        new Money(
            new BigDecimal(random.nextLong(1_000_000_000L, 5_000_000_000_000_000_000L) + "e-18"),
            CURRENCIES.get(random.nextInt(CURRENCIES.size())));
  }

  /** The next id: the withdrawal's own is the first that its random numbers give. */
  static UUID id(SplittableRandom random) {
    long version4 = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
    long variant = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(version4, variant);
  }

  /** Goes well, though now and then the booking is late: seconds, but in time. */
  Script harmless(boolean slownessAllowed) {
    boolean late = random.nextDouble() < LATE && slownessAllowed;
    request();
    then(late ? between(1_500, 3_500) : between(50, 600), book(money));
    complete();
    if (random.nextDouble() < REFUNDED) {
      refund(between(100, 1_000));
      then(between(100, 500), new Enter(id(random), withdrawal, money, "refund"));
    }
    return script();
  }

  Script broken(Breakage breakage, boolean healed) {
    switch (breakage) {
      case BOOKING_MISSING -> {
        request();
        complete();
        heal(healed, BOOKED_WITHIN, book(money));
      }
      case WRONG_AMOUNT -> {
        request();
        then(between(50, 600), book(wrong()));
        complete();
        heal(healed, BOOKED_WITHIN, new CorrectEntry(entry, money));
      }
      case BOOKED_TWICE -> {
        UUID second = id(random);
        request();
        then(between(50, 600), book(money));
        then(between(50, 1_500), new Enter(second, withdrawal, money, "booking"));
        complete();
        heal(healed, BOOKED_WITHIN, new RemoveEntry(second));
      }
      case NEVER_COMPLETED -> {
        request();
        then(between(50, 600), book(money));
        heal(healed, COMPLETED_AFTER, new Complete(withdrawal));
      }
      case REFUNDED_TWICE -> {
        // Quickly: one of these is the first that a person sees.
        request();
        then(between(50, 200), book(money));
        then(between(50, 200), new Complete(withdrawal));
        refund(between(50, 200));
        heal(healed, SETTLE, new ReverseRefund(refund(between(50, 200))));
      }
      case WITHDRAWAL_MISSING -> {
        then(Duration.ZERO, book(money));
        heal(healed, BOOKED_WITHIN, new Request(withdrawal, money, "completed"));
      }
    }
    return script();
  }

  private void request() {
    then(Duration.ZERO, new Request(withdrawal, money, "requested"));
  }

  private Enter book(Money booked) {
    return new Enter(entry, withdrawal, booked, "booking");
  }

  private Money wrong() {
    return random.nextBoolean() ? money.offByTheSmallest() : money.doubled();
  }

  private void complete() {
    then(between(100, 800), new Complete(withdrawal));
  }

  private UUID refund(Duration delay) {
    UUID refund = id(random);
    then(delay, new PayRefund(refund, withdrawal, money));
    return refund;
  }

  /** Five to ten seconds after the break is one by its check's own patience. */
  private void heal(boolean healed, Duration patience, Action action) {
    if (healed) {
      then(patience.plus(between(5_000, 9_500)), action);
    }
  }

  private Duration between(int fromMillis, int toMillis) {
    return Duration.ofMillis(random.nextInt(fromMillis, toMillis));
  }

  private void then(Duration delay, Action action) {
    steps.add(new Script.Step(delay, action));
  }

  private Script script() {
    return new Script(start, steps);
  }
}
