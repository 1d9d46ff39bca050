package dev.overseer.examples.exchange.demo;

import dev.overseer.examples.exchange.traffic.Breakage;
import dev.overseer.examples.exchange.traffic.Plant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * What was planted beside what was raised. A plant is found by the one violation of its check and
 * root that gives its reason and no other; it excuses that violation alone, and it alone once.
 *
 * @param rows one for each kind, in their order
 * @param unexplained violations of no planted kind, each counted as often as it opened
 * @param complaints what is wrong, one line each, for people; empty when all is as planted
 */
record TruthTable(List<Row> rows, int unexplained, List<String> complaints) {
  TruthTable {
    rows = List.copyOf(rows);
    complaints = List.copyOf(complaints);
  }

  /**
   * The truth about one kind.
   *
   * @param falseAlarms of this kind's check and reason, without a plant
   * @param healed plants that were put right
   * @param resolved of those, the violations that healing resolved
   * @param beyondStrategy of the times to detect, what the check had not asked to wait
   */
  record Row(
      Breakage breakage,
      int planted,
      int found,
      int missed,
      int falseAlarms,
      int healed,
      int resolved,
      Latencies timesToDetect,
      Latencies beyondStrategy) {}

  private record Subject(String check, String root) {}

  boolean isPerfect() {
    return complaints.isEmpty();
  }

  static TruthTable of(Collection<Plant> plants, Collection<Raised> raised) {
    Map<Subject, Raised> unexcused = new HashMap<>();
    List<String> complaints = new ArrayList<>();
    for (Raised one : raised) {
      if (unexcused.put(new Subject(one.check(), one.root()), one) != null) {
        complaints.add(one.check() + " " + one.root() + ": two violations of one root");
      }
    }
    List<Judged> judged = plants.stream().map(plant -> judge(plant, unexcused)).toList();
    judged.stream().flatMap(Judged::complaints).forEach(complaints::add);
    unexcused.values().stream().map(TruthTable::falseAlarm).sorted().forEach(complaints::add);
    List<Row> rows =
        Stream.of(Breakage.values()).map(kind -> row(kind, judged, unexcused.values())).toList();
    int unexplained =
        alarms(unexcused.values().stream().filter(one -> kindOf(one).isEmpty()), Raised::openings);
    return new TruthTable(rows, unexplained, complaints);
  }

  /** A plant beside the violation that found it, if any. */
  private record Judged(Plant plant, Optional<Raised> found) {

    Stream<String> complaints() {
      String subject = plant.breakage().check() + " withdrawal/" + plant.withdrawal() + ": ";
      if (found.isEmpty()) {
        return Stream.of(subject + "planted as " + plant.breakage().reason() + ", not found");
      }
      List<String> complaints = new ArrayList<>();
      if (plant.healed() && !found.get().healed()) {
        complaints.add(subject + "healed, but its violation is still open");
      }
      if (!plant.healed() && found.get().healed()) {
        complaints.add(subject + "resolved, but nothing healed it");
      }
      if (found.get().openings() > 1) {
        complaints.add(subject + "opened " + found.get().openings() + " times, planted once");
      }
      return complaints.stream();
    }
  }

  private static Judged judge(Plant plant, Map<Subject, Raised> unexcused) {
    Subject subject = new Subject(plant.breakage().check(), "withdrawal/" + plant.withdrawal());
    Raised raised = unexcused.get(subject);
    if (raised == null || !raised.reasons().equals(Set.of(plant.breakage().reason()))) {
      return new Judged(plant, Optional.empty());
    }
    unexcused.remove(subject);
    return new Judged(plant, Optional.of(raised));
  }

  private static String falseAlarm(Raised raised) {
    return "%s %s: raised as %s, not planted"
        .formatted(raised.check(), raised.root(), raised.reasonsAsText());
  }

  private static Row row(Breakage kind, List<Judged> judged, Collection<Raised> unexcused) {
    List<Judged> own = judged.stream().filter(one -> one.plant().breakage() == kind).toList();
    List<Raised> found = own.stream().flatMap(one -> one.found().stream()).toList();
    int falseAlarms =
        alarms(
                unexcused.stream().filter(one -> kindOf(one).equals(Optional.of(kind))),
                Raised::openings)
            + alarms(found.stream(), one -> one.openings() - 1);
    return new Row(
        kind,
        own.size(),
        found.size(),
        own.size() - found.size(),
        falseAlarms,
        (int) own.stream().filter(one -> one.plant().healed()).count(),
        (int)
            own.stream()
                .filter(one -> one.plant().healed())
                .filter(one -> one.found().map(Raised::healed).orElse(false))
                .count(),
        Latencies.of(found.stream().map(one -> one.detection().timeToDetect()).toList()),
        Latencies.of(found.stream().map(one -> one.detection().beyondStrategy()).toList()));
  }

  private static int alarms(Stream<Raised> raised, ToIntFunction<Raised> count) {
    return raised.mapToInt(count).sum();
  }

  /** The kind that a false alarm looks like. */
  private static Optional<Breakage> kindOf(Raised raised) {
    return Stream.of(Breakage.values())
        .filter(kind -> kind.check().equals(raised.check()))
        .filter(kind -> raised.reasons().equals(Set.of(kind.reason())))
        .findFirst();
  }
}
