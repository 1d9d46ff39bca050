package dev.overseer.server.sources;

import dev.overseer.ingestion.postgres.Examination;
import dev.overseer.ingestion.postgres.SetupScript;
import dev.overseer.model.Definitions;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.TableName;
import dev.overseer.server.configuration.SourceSettings;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One configured database that is looked at, or to be prepared, and not tailed by us. */
public final class UntailedSource {
  private static final String ROLE = "overseer";

  private final SourceSettings settings;
  private final PostgresAccess access;
  private final Map<TableName, List<String>> keys = new HashMap<>();

  public UntailedSource(SourceSettings settings, Definitions definitions) {
    this.settings = settings;
    this.access =
        new PostgresAccess(TailedSource.definition(settings), settings, new PhysicalDatabases());
    for (ModelDefinition model : definitions.models()) {
      if (model.source().equals(settings.name())) {
        keys.put(model.table(), model.key());
      }
    }
  }

  /** Holds it against all that is required, and changes nothing there. */
  public SourceReport examine(InstantSource clock) {
    return SourceReport.of(
        settings.name().value(), new Examination(access.source(), keys, clock).run());
  }

  /**
   * The SQL that prepares it, for the configured user. Connects to nothing, and needs no secret.
   */
  public SetupScript setup() {
    return new SetupScript(access.sourceWithoutLogin(), settings.user().orElse(ROLE), keys);
  }
}
