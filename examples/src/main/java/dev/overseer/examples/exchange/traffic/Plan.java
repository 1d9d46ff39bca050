package dev.overseer.examples.exchange.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run of the exchange will do, decided by its seed before it begins: so it is
 * known which withdrawals are broken. Scripts are made when asked for, so that a long run needs no
 * more memory than a short one. Immutable; safe for many threads.
 */
public final class Plan {
  private static final int PLANTS_OF_EACH_KIND_MIN = 6;
  private static final int SECONDS_FOR_TWO_PLANTS = 12;
  private static final Duration FIRST_PLANT = Duration.ofMillis(300);

  /** So much time a plant needs to be broken, found and healed before the traffic ends. */
  private static final Duration LAST_PLANT_BEFORE_END = Duration.ofSeconds(18);

  private final PlanOptions options;
  private final Troubles troubles;
  private final Map<Integer, Plant> plants;

  private Plan(PlanOptions options, Map<Integer, Plant> plants) {
    this.options = options;
    this.troubles = Troubles.of(options);
    this.plants = plants;
  }

  public static Plan of(PlanOptions options) {
    return new Plan(options, plant(options));
  }

  /** All that is broken on purpose, in the order in which it is planted. */
  public Collection<Plant> plants() {
    return Collections.unmodifiableCollection(plants.values());
  }

  public Troubles troubles() {
    return troubles;
  }

  /** How many withdrawals the exchange will see. */
  public int withdrawals() {
    return options.withdrawals();
  }

  /** How long withdrawals are requested; the last ones take a few seconds more. */
  public Duration length() {
    return options.length();
  }

  /**
   * What becomes of the withdrawal of this number, from 0; later numbers start no earlier.
   *
   * @param number below {@link #withdrawals}
   */
  Script script(int number) {
    Duration start = troubles.requested(Duration.ofNanos(number * 1_000_000_000L / options.rate()));
    Screenplay screenplay = new Screenplay(start, randomOf(options, number));
    @Nullable Plant plant = plants.get(number);
    return plant == null
        ? screenplay.harmless(troubles.allowSlowness(start))
        : screenplay.broken(plant.breakage(), plant.healed());
  }

  private static Map<Integer, Plant> plant(PlanOptions options) {
    int ofEachKind =
        Math.max(PLANTS_OF_EACH_KIND_MIN, 2 * (options.seconds() / SECONDS_FOR_TWO_PLANTS));
    List<Breakage> kinds = new ArrayList<>();
    Random random = new Random(options.seed());
    for (int round = 0; round < ofEachKind; round++) {
      List<Breakage> each = new ArrayList<>(List.of(Breakage.values()));
      Collections.shuffle(each, random);
      kinds.addAll(each);
    }
    // Shows the first violation soon: it is the kind that is judged one second later.
    Collections.swap(kinds, 0, kinds.indexOf(Breakage.REFUNDED_TWICE));
    return place(options, kinds, random);
  }

  private static Map<Integer, Plant> place(
      PlanOptions options, List<Breakage> kinds, Random random) {
    double span =
        seconds(options.length().minus(FIRST_PLANT).minus(LAST_PLANT_BEFORE_END)) / kinds.size();
    Map<Integer, Plant> plants = new LinkedHashMap<>();
    Map<Breakage, Boolean> healed = new LinkedHashMap<>();
    for (int i = 0; i < kinds.size(); i++) {
      double at = seconds(FIRST_PLANT) + span * (i == 0 ? 0 : i + random.nextDouble());
      int number = (int) (at * options.rate());
      while (plants.containsKey(number)) {
        number++;
      }
      // The first of each kind by lot, then in turn: half of each is healed.
      boolean heal =
          healed.compute(kinds.get(i), (kind, was) -> was == null ? random.nextBoolean() : !was);
      UUID withdrawal = Screenplay.id(randomOf(options, number));
      plants.put(number, new Plant(kinds.get(i), withdrawal, heal));
    }
    return plants;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static SplittableRandom randomOf(PlanOptions options, int number) {
    return new SplittableRandom(options.seed() * 1_000_003 + number);
  }
}
