package dev.overseer.checks;

import dev.overseer.model.CheckName;
import dev.overseer.model.ViewName;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/**
 * A check being declared: every stage has its default, and each method here overrides one. Belongs
 * to the thread that declares.
 */
public final class CheckDeclaration<V> {
  private final CheckName name;
  private final Class<V> viewType;
  private final Check<V> check;
  private ViewName view;
  private String version = "1";
  private Translation<V> translation;
  private Selection selection = Selection.EVERY_UPDATE;
  private Set<String> triggeringAliases = Set.of();
  private ExecutionStrategy strategy = ExecutionStrategy.whenFresh();
  private Orphans orphans = Orphans.FAIL;
  private Inputs inputs = Inputs.VIEW_ALONE;
  private CheckLimits limits = CheckLimits.DEFAULT;
  private Duration waitMax = Duration.ofMinutes(10);
  private Provisional provisional = Provisional.TOLD;
  private Escalation escalation = Escalation.byDefault();

  public CheckDeclaration(CheckName name, Class<V> viewType, Check<V> check) {
    this.name = name;
    this.viewType = viewType;
    this.check = check;
    this.view = new ViewName(KebabCase.of(viewType.getSimpleName()));
    this.translation = new Translation.Bound<>(viewType);
  }

  /** The view to judge, where it is not the one named like the type. */
  public CheckDeclaration<V> view(String name) {
    this.view = new ViewName(name);
    return this;
  }

  /** Change it whenever the function's meaning changes: it is part of the definition's hash. */
  public CheckDeclaration<V> version(String version) {
    this.version = version;
    return this;
  }

  /** Selection: only updates of these aliases trigger; the root's alias is its model's name. */
  public CheckDeclaration<V> triggeredBy(String... aliases) {
    this.triggeringAliases = Set.of(aliases);
    return this;
  }

  /** Selection: only the updates that {@code selection} accepts trigger. */
  public CheckDeclaration<V> select(Selection selection) {
    this.selection = selection;
    return this;
  }

  /**
   * Selection: rows that existed before the table was watched trigger too, all of them at the time
   * from which all tables of the view are known; and again whenever a table is read anew.
   */
  public CheckDeclaration<V> fromSnapshot() {
    this.selection = selection.orExistingRows();
    return this;
  }

  /**
   * Scheduling: for which cuts a trigger is judged. Default: {@link ExecutionStrategy#whenFresh}.
   */
  public CheckDeclaration<V> strategy(ExecutionStrategy strategy) {
    this.strategy = strategy;
    return this;
  }

  /**
   * Translation: the view is bound to {@code bound}, and {@code translate} makes the check's own
   * type of it.
   */
  public <B> CheckDeclaration<V> translate(Class<B> bound, Function<B, V> translate) {
    this.translation = new Translation.Mapped<>(bound, translate);
    return this;
  }

  /**
   * Members whose root was never seen are not judged; by default they fail as {@code root-missing}.
   */
  public CheckDeclaration<V> ignoreOrphans() {
    this.orphans = Orphans.IGNORE;
    return this;
  }

  /**
   * Execution: the check asks other systems too. So what it says of the same view may differ from
   * one time to another, in a backtest as well, and no judgement is made twice to find that out.
   * Part of the definition: whoever reads a verdict can tell whether it can be repeated.
   */
  public CheckDeclaration<V> callsOut() {
    this.inputs = Inputs.CALLS_OUT;
    return this;
  }

  /** Execution: a judgement that takes longer is {@link Outcome.Errored}. Default 10 s. */
  public CheckDeclaration<V> timeout(Duration timeout) {
    this.limits = limits.withTimeout(timeout);
    return this;
  }

  /**
   * Execution: how many judgements are made at a time, each on a thread of its own. Default 1; more
   * is of use to a check that waits for answers from elsewhere.
   */
  public CheckDeclaration<V> concurrency(int concurrency) {
    this.limits = limits.withConcurrency(concurrency);
    return this;
  }

  /**
   * Execution: a judgement that throws or takes too long is made again, {@code attempts} times in
   * all, after {@code backoff}, doubled each time. Default 3 attempts, 100 ms. Where that never
   * helps it is done only now and then.
   */
  public CheckDeclaration<V> retries(int attempts, Duration backoff) {
    this.limits = limits.withRetries(attempts, backoff);
    return this;
  }

  /**
   * Execution: a judgement that allocates more bytes, whether or not it keeps them, is {@link
   * Outcome.Errored}. Default 512 MiB.
   */
  public CheckDeclaration<V> allocateAtMost(long bytes) {
    this.limits = limits.withAllocationMaxBytes(bytes);
    return this;
  }

  /**
   * After how long, in arrival time, a cut that is not covered gets a provisional verdict. Default
   * 10 min.
   */
  public CheckDeclaration<V> waitAtMost(Duration waitMax) {
    this.waitMax = waitMax;
    return this;
  }

  /**
   * Escalation: provisional verdicts open and resolve violations too, on what is known by then; the
   * complete verdict of the same cut puts right what was concluded too soon. By default they are
   * only on record.
   */
  public CheckDeclaration<V> countProvisional() {
    this.provisional = Provisional.COUNTED;
    return this;
  }

  /** Escalation: who hears of a violation. Default: the configured default channels. */
  public CheckDeclaration<V> escalate(Escalation escalation) {
    this.escalation = escalation;
    return this;
  }

  public CheckDefinition<V> definition() {
    return new CheckDefinition<>(
        name,
        version,
        view,
        viewType,
        translation,
        triggeringAliases,
        selection,
        strategy,
        orphans,
        inputs,
        limits,
        waitMax,
        provisional,
        escalation,
        check);
  }
}
