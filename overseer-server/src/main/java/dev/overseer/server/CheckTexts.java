package dev.overseer.server;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.formats.Formats;
import dev.overseer.model.Definitions;
import dev.overseer.model.SourceName;
import dev.overseer.runner.DefinitionText;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.configuration.SourceSettings;
import java.util.HashMap;
import java.util.Map;

/** What checks' definitions are under a configuration, in words and as hashes. */
final class CheckTexts {
  /** Change one when a format's aggregation gives other states: it is part of definitions. */
  private static final Map<String, String> FORMAT_VERSIONS = Map.of(Formats.PGOUTPUT, "1");

  private final Definitions definitions;
  private final Map<SourceName, Long> offsetsMicros = new HashMap<>();

  CheckTexts(Configuration configuration) {
    this.definitions = configuration.watched();
    for (SourceSettings source : configuration.sources()) {
      offsetsMicros.put(source.name(), source.clockOffset().toNanos() / 1000);
    }
  }

  DefinitionText of(CheckDefinition<?> check) {
    return DefinitionText.of(check, definitions, offsetsMicros, FORMAT_VERSIONS);
  }
}
