package dev.overseer.runner;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.Operation;
import dev.overseer.model.ViewDefinition;
import dev.overseer.runner.judging.KnownTables;
import dev.overseer.runner.scheduling.AgendaItem.Discovery;
import dev.overseer.runner.scheduling.AgendaItem.Sweep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be looked for once all tables of a view are known: the rows that existed before, where
 * the check asks for them; and after a time in which one of them was not known, what changed in it
 * meanwhile, whoever saw it.
 */
final class Discoveries {
  private static final List<Operation> UNSEEN =
      List.of(Operation.INSERT, Operation.UPDATE, Operation.DELETE);

  private final CheckDefinition<?> check;
  private final Map<String, ModelDefinition> models = new LinkedHashMap<>();

  Discoveries(CheckDefinition<?> check, ViewDefinition view, Definitions definitions) {
    this.check = check;
    models.put(view.rootAlias(), definitions.model(view.root()));
    view.joins().forEach(join -> models.put(join.alias(), definitions.model(join.model())));
    view.totals()
        .forEach(total -> models.put(total.alias(), definitions.model(total.definition().model())));
  }

  /** Asked when all tables are known at the time of {@code discovery}. */
  List<Sweep> sweeps(Discovery discovery, KnownTables known) {
    return Stream.concat(existing(discovery), unseen(discovery, known)).toList();
  }

  private Stream<Sweep> existing(Discovery discovery) {
    return models.keySet().stream()
        .filter(alias -> check.isTriggeredBy(alias, Operation.SNAPSHOT))
        .map(alias -> sweep(discovery, alias, EffectiveTime.MIN, true));
  }

  private Stream<Sweep> unseen(Discovery discovery, KnownTables known) {
    return known.lastWholeBefore(discovery.at()).stream()
        .flatMap(
            since ->
                models.entrySet().stream()
                    .filter(it -> !known.isKnownThroughout(it.getValue(), since, discovery.at()))
                    .map(it -> sweep(discovery, it.getKey(), since, isTriggered(it.getKey()))));
  }

  /** What was done to a record is not known, only that something was. */
  private boolean isTriggered(String alias) {
    return UNSEEN.stream().anyMatch(operation -> check.isTriggeredBy(alias, operation));
  }

  private static Sweep sweep(
      Discovery discovery, String alias, EffectiveTime since, boolean triggers) {
    return new Sweep(discovery.at(), alias, since, Optional.empty(), triggers, discovery.waiting());
  }
}
