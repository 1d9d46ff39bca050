package dev.overseer.server.sources;

import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.ingestion.postgres.Examination;
import dev.overseer.ingestion.postgres.SetupScript;
import dev.overseer.model.Definitions;
import dev.overseer.model.Tokens;
import dev.overseer.server.configuration.SourceSettings;
import java.time.InstantSource;

/** One configured database that is looked at, or to be prepared, and not tailed by us. */
public final class UntailedSource {
  private static final String ROLE = "overseer";

  private final SourceSettings settings;
  private final SourceDefinition definition;
  private final PostgresAccess access;

  public UntailedSource(SourceSettings settings, Definitions definitions) {
    this.settings = settings;
    this.definition = TailedSource.definition(settings, definitions);
    this.access = new PostgresAccess(definition, settings, Tokens.none(), new PhysicalDatabases());
  }

  /** Holds it against all that is required, and changes nothing there. */
  public SourceReport examine(InstantSource clock) {
    return SourceReport.of(
        settings.name().value(), new Examination(access.source(), definition.keys(), clock).run());
  }

  /**
   * The SQL that prepares it, for the configured user. Connects to nothing, and needs no secret.
   */
  public SetupScript setup() {
    return new SetupScript(
        access.sourceWithoutLogin(), settings.user().orElse(ROLE), definition.keys());
  }
}
