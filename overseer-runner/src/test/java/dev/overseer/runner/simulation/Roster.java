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
 * @param from when those apply that are new
 */
record Roster(List<CheckDefinition<?>> checks, EffectiveTime from) {
  private static final int CHECKS_MAX = 5;

  static Roster any(Random random) {
    List<CheckDefinition<?>> checks = new ArrayList<>();
    int count = 3 + random.nextInt(CHECKS_MAX - 2);
    for (int i = 0; i < count; i++) {
      checks.add(SimulatedChecks.any(name(i), random));
    }
    return new Roster(List.copyOf(checks), anyFrom(random));
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
    Map<String, CheckDefinition<?>> byName = new TreeMap<>();
    checks.forEach(check -> byName.put(check.name().value(), check));
    for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
      String name = name(random.nextInt(CHECKS_MAX));
      if (byName.size() > 1 && random.nextInt(3) == 0) {
        byName.remove(name);
      } else {
        byName.put(name, SimulatedChecks.any(name, random));
      }
    }
    return new Roster(List.copyOf(byName.values()), anyFrom(random));
  }

  Set<CheckName> names() {
    return checks.stream().map(CheckDefinition::name).collect(Collectors.toSet());
  }

  Map<DefinitionHash, CheckDefinition<?>> byHash() {
    Map<DefinitionHash, CheckDefinition<?>> byHash = new LinkedHashMap<>();
    checks.forEach(check -> byHash.put(text(check).hash(), check));
    return byHash;
  }

  /** Under the definitions that are on record, and those that come on record now. */
  List<ActiveCheck> activate(ActivationBook activations) {
    List<ActiveCheck> active = new ArrayList<>();
    for (CheckDefinition<?> check : checks) {
      Activated activated = activations.activate(check.name(), text(check).hash(), from, "");
      active.add(new ActiveCheck(check, activated.definition(), activated.from()));
    }
    return active;
  }

  private static DefinitionText text(CheckDefinition<?> check) {
    return DefinitionText.of(check, SmallExchange.DEFINITIONS, Map.of(), Map.of("pgoutput", "1"));
  }
}
