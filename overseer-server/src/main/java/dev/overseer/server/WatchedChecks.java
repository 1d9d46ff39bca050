package dev.overseer.server;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.model.CheckName;
import dev.overseer.server.canary.CanaryDefinitions;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.loading.LoadedChecks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All that is judged: the checks that were found, and the canary's where there is one. */
record WatchedChecks(List<CheckDefinition<?>> definitions) {
  WatchedChecks {
    definitions = List.copyOf(definitions);
  }

  static WatchedChecks of(LoadedChecks loaded, Configuration configuration) {
    List<CheckDefinition<?>> all = new ArrayList<>(loaded.definitions());
    configuration.canary().ifPresent(_ -> all.add(CanaryDefinitions.check()));
    return new WatchedChecks(all);
  }

  Set<CheckName> names() {
    return definitions.stream().map(CheckDefinition::name).collect(Collectors.toSet());
  }
}
