package dev.overseer.server.canary;

import dev.overseer.checks.CheckDeclaration;
import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.Escalation;
import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.Outcome;
import dev.overseer.formats.pgoutput.PgOutput;
import dev.overseer.formats.pgoutput.PgOutput.RelationColumn;
import dev.overseer.formats.pgoutput.PgOutput.ReplicaIdentity;
import dev.overseer.formats.pgoutput.PgOutputWriter;
import dev.overseer.formats.pgoutput.PgOutputWriter.Column;
import dev.overseer.ingestion.SourceDefinition;
import dev.overseer.model.CheckName;
import dev.overseer.model.Definitions;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ModelName;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.model.ViewName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the canary is to every stage: a source with one table, a model, a view and a check, as a
 * user might declare them. Its changes are written as Postgres would, so that nothing on their way
 * is there for it alone.
 */
public final class CanaryDefinitions {
  /** Of its source, model, view and check; nobody else may have it. */
  public static final String NAME = "overseer-canary";

  public static final CheckName CHECK = new CheckName(NAME);
  public static final SourceName SOURCE = new SourceName(NAME);
  static final Duration SETTLE = ExecutionStrategy.SETTLE;

  private static final TableName TABLE = new TableName("overseer", "canary");
  private static final ModelName MODEL = new ModelName(NAME);
  private static final int RELATION = 1;
  private static final int INT8 = 20;
  private static final int BOOL = 16;
  private static final String ONLY_RECORD = "1";

  private CanaryDefinitions() {}

  /** A record of the canary's table. */
  record Song(long id, boolean broken) {}

  record Canary(Song overseerCanary) {}

  /** What is watched, with the canary. */
  public static Definitions with(Definitions watched) {
    List<ModelDefinition> models = new ArrayList<>(watched.models());
    models.add(new ModelDefinition(MODEL, SOURCE, TABLE, List.of("id"), Map.of()));
    List<ViewDefinition> views = new ArrayList<>(watched.views());
    views.add(new ViewDefinition(new ViewName(NAME), MODEL, false, List.of()));
    return new Definitions(models, views);
  }

  /** Finds the break; tells nobody, for it is no one's trouble. */
  public static CheckDefinition<?> check() {
    return new CheckDeclaration<>(CHECK, Canary.class, (view, _) -> judge(view))
        .view(NAME)
        .strategy(ExecutionStrategy.whenFresh(SETTLE))
        .escalate(Escalation.none())
        .definition();
  }

  private static Outcome judge(Canary view) {
    return view.overseerCanary().broken()
        ? Outcome.failed("planted", "Overseer broke this itself, to see whether it is found")
        : Outcome.passed();
  }

  static SourceDefinition source() {
    return new SourceDefinition(SOURCE, List.of(TABLE));
  }

  static byte[] schema() {
    return PgOutputWriter.relation(
        new PgOutput.Relation(
            RELATION,
            TABLE,
            ReplicaIdentity.DEFAULT,
            List.of(
                new RelationColumn(true, "id", INT8, -1),
                new RelationColumn(false, "broken", BOOL, -1))));
  }

  static byte[] broken() {
    return row("t");
  }

  static byte[] whole() {
    return row("f");
  }

  private static byte[] row(String broken) {
    return PgOutputWriter.update(RELATION, List.of(Column.of(ONLY_RECORD), Column.of(broken)));
  }
}
