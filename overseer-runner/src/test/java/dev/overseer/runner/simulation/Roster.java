package dev.overseer.runner.simulation;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.DefinitionHash;
import dev.overseer.model.CheckName;
import dev.overseer.model.EffectiveTime;
import dev.overseer.runner.ActiveCheck;
import dev.overseer.runner.DefinitionText;
import dev.overseer.runner.SmallExchange;
import dev.overseer.runner.journal.ActivationBook;
import dev.overseer.runner.journal.JournalEntry.Activated;
import dev.overseer.runner.simulation.SimulatedChecks.Pick;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The checks that are declared when a process starts.
 *
 * @param picks by the check's name
 * @param from when those apply that are new
 */
record Roster(Map<String, Pick> picks, EffectiveTime from) {
  private static final int CHECKS_MAX = 5;

  static Roster any(Random random) {
    Map<String, Pick> picks = new TreeMap<>();
    int count = 3 + random.nextInt(CHECKS_MAX - 2);
    for (int i = 0; i < count; i++) {
      picks.put(name(i), Pick.any(random));
    }
    return new Roster(picks, anyFrom(random));
  }

  private static String name(int number) {
    return "check-" + number;
  }

  private static EffectiveTime anyFrom(Random random) {
    return random.nextInt(3) > 0
        ? EffectiveTime.MIN
        : new EffectiveTime(Substream.START + random.nextInt(40) * 500_000L);
  }

  /** A check or two are added, removed or declared otherwise. */
  Roster changed(Random random) {
    Map<String, Pick> changed = new TreeMap<>(picks);
    for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
      String name = name(random.nextInt(CHECKS_MAX));
      Pick before = changed.get(name);
      if (changed.size() > 1 && random.nextInt(3) == 0) {
        changed.remove(name);
      } else if (before != null && random.nextInt(4) == 0) {
        changed.put(name, before.otherwiseSelected());
      } else {
        changed.put(name, Pick.any(random));
      }
    }
    return new Roster(changed, anyFrom(random));
  }

  List<CheckDefinition<?>> checks() {
    return picks.entrySet().stream()
        .<CheckDefinition<?>>map(pick -> pick.getValue().named(pick.getKey()))
        .toList();
  }

  Set<CheckName> names() {
    return checks().stream().map(CheckDefinition::name).collect(Collectors.toSet());
  }

  Map<DefinitionHash, CheckDefinition<?>> byHash() {
    Map<DefinitionHash, CheckDefinition<?>> byHash = new LinkedHashMap<>();
    checks().forEach(check -> byHash.put(text(check).hash(), check));
    return byHash;
  }

  /** Under the definitions that are on record, and those that come on record now. */
  List<ActiveCheck> activate(ActivationBook activations) {
    List<ActiveCheck> active = new ArrayList<>();
    for (CheckDefinition<?> check : checks()) {
      Activated activated = activations.activate(check.name(), text(check).hash(), from, "");
      active.add(new ActiveCheck(check, activated.definition(), activated.from()));
    }
    return active;
  }

  private static DefinitionText text(CheckDefinition<?> check) {
    return DefinitionText.of(check, SmallExchange.DEFINITIONS, Map.of(), Map.of("pgoutput", "1"));
  }
}
