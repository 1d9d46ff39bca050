package dev.overseer.runner;

import dev.overseer.model.CheckName;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Stage;
import dev.overseer.runner.coverage.Coverage;
import dev.overseer.runner.scheduling.Agenda;
import dev.overseer.runner.scheduling.RootStates;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.keyvalue.Space;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the update log and judges: select, schedule, translate, execute, for every check.
 *
 * <p>Each check has one agenda in source time. What the log brings is put on it; everything on it
 * before the frontier, the least watermark of the view's sources, is worked off in order, and
 * nothing beyond, but for provisional verdicts. So complete verdicts are a function of each
 * source's substream of the log and of the check's definition.
 *
 * <p>Findings are recorded and synced first; then the agenda and the consumed offset move in one
 * atomic write. A runner that dies leaves its last checkpoint, from which the next one goes on: it
 * judges again what it had judged since, and the recorder knows those verdicts by their ids.
 *
 * <p>Steps belong to one thread; coverage and suspensions may be read, and ended, from any.
 */
public final class Runner implements Stage, AutoCloseable {

  /** The spaces that the runner's store must be opened with. */
  public static final List<Space> SPACES =
      List.of(Agenda.SPACE, RootStates.SPACE, Checkpoints.COURSES, Checkpoints.RUNNER);

  private @Nullable Run run;
  private final Map<CheckName, String> resumed = new ConcurrentHashMap<>();
  private volatile List<Coverage> coverage;
  private volatile List<Suspended> suspended = List.of();
  private volatile Optional<LogOffset> position;

  public Runner(List<ActiveCheck> checks, RunnerParts parts, RunnerLimits limits) {
    Run resumed = Run.resume(List.copyOf(checks), parts, limits);
    this.run = resumed;
    this.coverage = resumed.coverage();
    this.position = resumed.position();
  }

  /**
   * The journal's end at the checkpoint in {@code store}: verdicts that the journal holds from
   * there on may be recorded again.
   */
  public static LogOffset journalEnd(OrderedStore store) {
    return new Checkpoints(store).journalEnd();
  }

  /** The coverage at the checkpoint in {@code store}, when no runner is at work on it. */
  public static List<Coverage> coverage(OrderedStore store) {
    return new Checkpoints(store).all().stream().map(Checkpoints.Saved::coverage).toList();
  }

  /**
   * Reads a stretch of the log, as far as the index has it, and works the agendas off.
   *
   * @throws dev.overseer.model.Unavailable when the log, a store or the journal refuses. What was
   *     done in memory is then not to be trusted: close this runner and make another, with a new
   *     recorder, which goes on from the last checkpoint
   */
  @Override
  public boolean step() {
    Run current = run;
    if (current == null) {
      throw new InvalidRequest("This runner is closed, or a step of it has failed: make another");
    }
    run = null;
    resumed.forEach(
        (check, why) -> {
          current.resume(check, why);
          resumed.remove(check, why);
        });
    boolean worked = current.step();
    run = current;
    coverage = current.coverage();
    suspended = current.suspended();
    position = current.position();
    return worked;
  }

  /** The checks that were suspended at the end of a recent step. */
  public List<Suspended> suspended() {
    return suspended;
  }

  /** Has the check's suspension, if there is one, end with the next step. */
  public void resume(CheckName check, String why) {
    resumed.put(check, why);
  }

  /** How far each check had come at the end of a recent step, in the order of declaration. */
  public List<Coverage> coverage() {
    return coverage;
  }

  /** Where in the log the next step reads; nothing where there are no checks. */
  public Optional<LogOffset> position() {
    return position;
  }

  /** Writes a last checkpoint, unless a step has failed. Not while a step is under way. */
  @Override
  public void close() {
    Run current = run;
    run = null;
    if (current != null) {
      current.close();
    }
  }
}
