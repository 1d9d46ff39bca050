package dev.overseer.bench.runner;

import dev.overseer.bench.runner.ExchangeUpdate.What;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * What becomes of one withdrawal, decided by its number: it is requested, booked and completed, as
 * in the demo, and now and then refunded; one in {@link #BROKEN_ONE_IN} goes wrong, and half of
 * those are put right some seconds later. Used once.
 */
final class Screenplay {
  static final int BROKEN_ONE_IN = 500;

  private static final double REFUNDED = 0.05;
  private static final long AMOUNT_MIN = 1_000_000_000L;
  private static final long AMOUNT_MAX = 5_000_000_000_000_000_000L;

  /** The ways in which it goes wrong. */
  private enum Breakage {
    NOT_BOOKED,
    WRONG_AMOUNT,
    BOOKED_TWICE,
    ROW_MISSING
  }

  private static final List<Breakage> BREAKAGES = List.of(Breakage.values());

  private final long number;
  private final SplittableRandom random;
  private final UUID withdrawal;
  private final UUID entry;
  private final long amount;
  private final List<ExchangeUpdate> updates = new ArrayList<>(5);
  private long micros;

  Screenplay(long number, long startMicros) {
    this.number = number;
    this.random = new SplittableRandom(number * 1_000_003);
    this.withdrawal = id();
    this.entry = id();
    this.amount = random.nextLong(AMOUNT_MIN, AMOUNT_MAX);
    this.micros = startMicros;
  }

  private UUID id() {
    long version4 = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
    long variant = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(version4, variant);
  }

  /** In the order of their times. */
  List<ExchangeUpdate> updates() {
    if (number % BROKEN_ONE_IN == 0) {
      breakIt(
          BREAKAGES.get((int) (number / BROKEN_ONE_IN % BREAKAGES.size())), random.nextBoolean());
    } else {
      inPayments(What.REQUESTED);
      later(50, 600);
      inLedger(What.BOOKED, entry, amount);
      complete();
      if (random.nextDouble() < REFUNDED) {
        refund();
      }
    }
    return updates;
  }

  private void refund() {
    later(100, 1_000);
    inPayments(What.REFUNDED);
    later(100, 500);
    inLedger(What.REFUND_ENTERED, id(), amount);
  }

  private void breakIt(Breakage breakage, boolean heal) {
    switch (breakage) {
      case NOT_BOOKED -> {
        inPayments(What.REQUESTED);
        complete();
        heal(heal, What.BOOKED, entry);
      }
      case WRONG_AMOUNT -> {
        inPayments(What.REQUESTED);
        later(50, 600);
        inLedger(What.BOOKED, entry, amount + 1);
        complete();
        heal(heal, What.CORRECTED, entry);
      }
      case BOOKED_TWICE -> {
        UUID second = id();
        inPayments(What.REQUESTED);
        later(50, 600);
        inLedger(What.BOOKED, entry, amount);
        inLedger(What.BOOKED, second, amount);
        complete();
        heal(heal, What.REMOVED, second);
      }
      case ROW_MISSING -> {
        inLedger(What.BOOKED, entry, amount);
        heal(heal, What.CAME_COMPLETED, ExchangeUpdate.NO_ENTRY);
      }
    }
  }

  private void complete() {
    later(100, 800);
    inPayments(What.COMPLETED);
  }

  private void heal(boolean heal, What by, UUID healed) {
    if (heal) {
      later(3_000, 6_000);
      updates.add(new ExchangeUpdate(micros, by, withdrawal, healed, amount));
    }
  }

  private void inPayments(What what) {
    updates.add(new ExchangeUpdate(micros, what, withdrawal, ExchangeUpdate.NO_ENTRY, amount));
  }

  private void inLedger(What what, UUID which, long booked) {
    updates.add(new ExchangeUpdate(micros, what, withdrawal, which, booked));
  }

  private void later(int fromMillis, int toMillis) {
    micros += 1_000L * random.nextInt(fromMillis, toMillis);
  }
}
