package dev.overseer.runner;

import dev.overseer.checks.CheckDefinition;
import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.checks.Outcome;
import dev.overseer.checks.Provisional;
import dev.overseer.checks.Verdict;
import dev.overseer.checks.Verdict.Completeness;
import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.RecordState;
import dev.overseer.model.SourceName;
import dev.overseer.model.ViewDefinition;
import dev.overseer.runner.judging.CheckCalls;
import dev.overseer.runner.judging.CheckJudge;
import dev.overseer.runner.judging.CutPlanner;
import dev.overseer.runner.judging.Evidence;
import dev.overseer.runner.judging.EvidenceReader;
import dev.overseer.runner.judging.Finding;
import dev.overseer.runner.judging.Flight;
import dev.overseer.runner.judging.KnownTables;
import dev.overseer.runner.judging.Prepared;
import dev.overseer.runner.scheduling.AgendaItem.Discovery;
import dev.overseer.runner.scheduling.AgendaItem.Select;
import dev.overseer.runner.scheduling.AgendaItem.Sweep;
import dev.overseer.runner.sweep.RootWalk;
import dev.overseer.store.index.RecordPage;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.views.AmbiguousMember;
import dev.overseer.views.UnknownValue;
import dev.overseer.views.View;
import dev.overseer.views.ViewTooLarge;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What one check's course asks of judging: outcomes, roots, cuts, and findings of them. */
final class Judgements {
  private final ActiveCheck active;
  private final ViewDefinition view;
  private final Set<SourceName> sources;
  private final RunnerParts parts;
  private final CheckJudge judge;
  private final Optional<CutPlanner> planner;
  private final EvidenceReader evidence;
  private final Discoveries discoveries;
  private final CheckGate gate;

  Judgements(ActiveCheck active, RunnerParts parts) {
    this.active = active;
    this.view = parts.definitions().view(active.check().view());
    this.sources = parts.definitions().sourcesOf(view);
    this.parts = parts;
    CheckCalls calls = parts.calls().apply(active.check());
    this.judge = CheckJudge.of(active.check(), view, parts.definitions(), parts.views(), calls);
    this.planner = planner(active.check(), calls);
    this.evidence = new EvidenceReader(parts.log());
    this.discoveries = new Discoveries(active.check(), view, parts.definitions());
    this.gate =
        new CheckGate(active.check().name(), parts.supervision(), calls::areStuck, parts.clock());
  }

  private Optional<CutPlanner> planner(CheckDefinition<?> check, CheckCalls calls) {
    return check.strategy().ofTrigger() instanceof ExecutionStrategy.Custom<?> custom
        ? Optional.of(CutPlanner.of(check, custom, view, parts.definitions(), parts.views(), calls))
        : Optional.empty();
  }

  Set<SourceName> sources() {
    return sources;
  }

  KnownTables known(Map<SourceName, SourceProgress> progress) {
    return KnownTables.of(view, parts.definitions(), progress);
  }

  /** The roots in whose view the record was under the alias before its update or after it. */
  Set<RecordKey> rootsOf(Select select) {
    EffectiveTime before = select.since().orElse(select.at().previous());
    if (select.since().isPresent() && isAlike(select.record(), before, select.at())) {
      return Set.of();
    }
    // Before the beginning there was nothing, whatever a retention has left to be told of then.
    List<EffectiveTime> cuts =
        before.equals(EffectiveTime.MIN) ? List.of(select.at()) : List.of(before, select.at());
    return parts.views().rootsOf(view, select.alias(), select.record(), cuts);
  }

  private boolean isAlike(RecordKey record, EffectiveTime before, EffectiveTime at) {
    RecordState now = parts.views().stateAsOf(record, AsOf.at(at));
    if (before.equals(EffectiveTime.MIN)) {
      return !isThere(now);
    }
    RecordState then = parts.views().stateAsOf(record, AsOf.at(before));
    return then.equals(now) || (!isThere(then) && !isThere(now));
  }

  private static boolean isThere(RecordState state) {
    return switch (state) {
      case RecordState.Present _, RecordState.Unreadable _ -> true;
      case RecordState.NeverSeen _, RecordState.Deleted _ -> false;
    };
  }

  /** What is to be swept because of a discovery, at whose time all tables are known. */
  List<Sweep> sweeps(Discovery discovery, KnownTables known) {
    return discoveries.sweeps(discovery, known);
  }

  /** Records that were ever under the alias, or may have been, after {@code after}. */
  RecordPage records(String alias, Optional<RecordKey> after, int entriesMax) {
    return parts.index().records(Set.of(modelOf(alias)), after, entriesMax);
  }

  private ModelName modelOf(String alias) {
    return view.modelOf(alias).orElse(view.root());
  }

  /** From when on the view sees the windows that it sees at a cut: always, if it sees none. */
  EffectiveTime windowsSeenSince(EffectiveTime cut) {
    return view.windowsSeenSince(cut);
  }

  /** The roots that there are for a sweep, from the first on. */
  RootWalk roots() {
    return new RootWalk(
        parts.index(), parts.views(), parts.definitions(), active.check(), active.from());
  }

  /** Why nothing can be told at {@code time} that a sweep would want to know. */
  Optional<String> hindrance(
      EffectiveTime time, Supplier<Map<SourceName, SourceProgress>> progress) {
    if (gate.askedMax() < CheckGate.ASKED_MAX) {
      return Optional.of("the check is paused, or suspended");
    }
    if (time.equals(EffectiveTime.MIN) || time.isBefore(active.from())) {
      return Optional.of("the check has not come to its beginning");
    }
    return known(progress.get()).whyUnknown(time.previous());
  }

  Prepared<Outcome> prepare(RecordKey root, AsOf asOf, KnownTables known) {
    return judge.prepare(root, asOf, known);
  }

  /** Of the first of them, where not all can be made. */
  Flight<List<Outcome>> judge(List<Prepared<Outcome>> prepared) {
    return judge
        .judge(prepared)
        .map(
            outcomes -> {
              gate.landed(
                  IntStream.range(0, outcomes.size())
                      .filter(i -> prepared.get(i) instanceof Prepared.Open<Outcome>)
                      .mapToObj(outcomes::get)
                      .toList());
              return outcomes;
            });
  }

  /** How much may be asked of the check's own code. */
  CheckGate gate() {
    return gate;
  }

  /** The cuts of the author's own strategy; only where the check has one. */
  Flight<List<CutPlanner.Planned>> plan(List<CutPlanner.Asked> triggers, KnownTables known) {
    return planner
        .orElseThrow()
        .plan(triggers, known)
        .map(
            planned -> {
              gate.landed(planned.stream().flatMap(Judgements::error).toList());
              return planned;
            });
  }

  /** A strategy that is well says nothing of the check. */
  private static Stream<Outcome> error(CutPlanner.Planned planned) {
    return planned instanceof CutPlanner.Planned.Instead(Outcome.Errored errored)
        ? Stream.of(errored)
        : Stream.empty();
  }

  /** A verdict, and how to read what it rests on. */
  Finding finding(
      RecordKey root,
      EffectiveTime trigger,
      AsOf asOf,
      Completeness completeness,
      Outcome outcome,
      boolean byDeadline,
      Map<SourceName, SourceProgress> progress) {
    Verdict verdict =
        new Verdict(
            active.check().name(),
            active.definition(),
            root,
            trigger,
            asOf.cut(),
            completeness,
            outcome);
    return new Finding(
        verdict,
        new Finding.Basis() {
          @Override
          public Evidence evidence() {
            return Judgements.this.evidence(root, asOf, byDeadline, progress);
          }

          @Override
          public List<Evidence.Update> updatesAfter(EffectiveTime failed) {
            return Judgements.this
                .updatesAfter(failed, root, asOf)
                .orElseGet(() -> Finding.Basis.super.updatesAfter(failed));
          }
        },
        verdict.isComplete() || active.check().provisional() == Provisional.COUNTED);
  }

  private Evidence evidence(
      RecordKey root, AsOf asOf, boolean byDeadline, Map<SourceName, SourceProgress> progress) {
    try {
      View seen = parts.views().viewAsOf(view, root, asOf);
      return evidence.read(seen, byDeadline, sources, progress);
    } catch (UnknownValue | AmbiguousMember | ViewTooLarge | InvalidRequest unreadable) {
      return evidence.withoutView(byDeadline, sources, progress);
    }
  }

  /** Empty where one of the two views cannot be read. */
  private Optional<List<Evidence.Update>> updatesAfter(
      EffectiveTime failed, RecordKey root, AsOf asOf) {
    try {
      View healed = parts.views().viewAsOf(view, root, asOf);
      Set<RecordKey> records = new TreeSet<>(healed.records());
      records.addAll(parts.views().viewAsOf(view, root, AsOf.at(failed)).records());
      return Optional.of(
          evidence.after(
              failed, healed, records, record -> parts.views().updatesAsOf(record, asOf)));
    } catch (UnknownValue | AmbiguousMember | ViewTooLarge | InvalidRequest unreadable) {
      return Optional.empty();
    }
  }
}
