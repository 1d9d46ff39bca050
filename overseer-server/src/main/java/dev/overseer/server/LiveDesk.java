package dev.overseer.server;

import dev.overseer.ingestion.SourceCounts;
import dev.overseer.model.InvalidRequest;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.transitions.HumanAction;
import dev.overseer.runner.violations.ViolationBook;
import dev.overseer.server.desk.ActionRequest;
import dev.overseer.server.desk.Backtests;
import dev.overseer.server.desk.CheckRequest;
import dev.overseer.server.desk.CheckStatus;
import dev.overseer.server.desk.Desk;
import dev.overseer.server.desk.Erasure;
import dev.overseer.server.desk.ErasureRequest;
import dev.overseer.server.desk.IncidentSummary;
import dev.overseer.server.desk.Page;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.Readiness;
import dev.overseer.server.desk.SourceStatus;
import dev.overseer.server.desk.ViolationDetail;
import dev.overseer.server.desk.ViolationSummary;
import dev.overseer.server.reading.Readings;
import dev.overseer.server.sources.ProgressText;
import dev.overseer.server.sources.SourceIncidents;
import dev.overseer.server.sources.TailedSource;
import dev.overseer.server.stages.Vitals;
import dev.overseer.store.index.KnownInterval;
import dev.overseer.store.log.SegmentedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The desk of the server in this process. Lists trail the journal by a moment. */
final class LiveDesk implements Desk {
  private final ProjectedRows rows;
  private final List<TailedSource> sources;
  private final SourceIncidents sourceIncidents;
  private final IndexBuilding index;
  private final CheckSteering checks;
  private final ViolationBook violations;
  private final ErasureBook erasures;
  private final Vitals vitals;
  private final SegmentedLog<?> updateLog;
  private final Readings readings;
  private final Backtests backtests;
  private final SafeStart safeStart;
  private final InstantSource clock;

  LiveDesk(
      ProjectedRows rows,
      List<TailedSource> sources,
      SourceIncidents sourceIncidents,
      IndexBuilding index,
      CheckSteering checks,
      ViolationBook violations,
      ErasureBook erasures,
      Vitals vitals,
      SegmentedLog<?> updateLog,
      Readings readings,
      Backtests backtests,
      InstantSource clock) {
    this.rows = rows;
    this.sources = sources;
    this.sourceIncidents = sourceIncidents;
    this.index = index;
    this.checks = checks;
    this.violations = violations;
    this.erasures = erasures;
    this.vitals = vitals;
    this.updateLog = updateLog;
    this.readings = readings;
    this.backtests = backtests;
    this.safeStart = new SafeStart(updateLog);
    this.clock = clock;
  }

  @Override
  public Page<ViolationSummary> violations(Query query) {
    return rows.violations(query);
  }

  @Override
  public Optional<ViolationDetail> violation(String id) {
    return rows.violation(id);
  }

  @Override
  public ViolationDetail act(String violation, ActionRequest request) {
    ViolationDetail before =
        violation(violation)
            .orElseThrow(() -> new InvalidRequest("There is no violation " + violation));
    ViolationId id = new ViolationId(before.summary().id());
    ViolationSummary after = DeskRows.summary(violations.act(id, request.by(), action(request)));
    return new ViolationDetail(after, before.history(), before.evidence());
  }

  @Override
  public CheckStatus steer(String check, CheckRequest request) {
    return checks.steer(check, request);
  }

  @Override
  public Erasure erase(ErasureRequest request) {
    return erasures.erase(request);
  }

  @Override
  public Page<IncidentSummary> incidents(Query query) {
    return rows.incidents(query);
  }

  @Override
  public List<SourceStatus> sources() {
    return sources.stream().map(this::status).toList();
  }

  @Override
  public List<CheckStatus> checks() {
    return checks.all();
  }

  @Override
  public Readiness readiness() {
    List<String> reasons = new ArrayList<>();
    vitals
        .failures()
        .forEach((stage, what) -> reasons.add("stage '" + stage + "' failed: " + what));
    updateLog.intakeStops().forEach(why -> reasons.add("nothing is taken in: " + why));
    index.unfinished().ifPresent(reasons::add);
    for (SourceStatus source : sources()) {
      if (source.stale() || !source.state().equals("tailing")) {
        reasons.add(
            "source '%s' is %s%s"
                .formatted(
                    source.name(),
                    source.stale() ? "stale" : source.state(),
                    source.trouble().map(it -> ": " + it).orElse("")));
      }
    }
    if (reasons.isEmpty() && !safeStart.isReached()) {
      reasons.add("the archive does not hold yet what the sources showed until they were tailed");
    }
    return Readiness.of(reasons);
  }

  @Override
  public Readings readings() {
    return readings;
  }

  @Override
  public Backtests backtests() {
    return backtests;
  }

  private HumanAction action(ActionRequest request) {
    String reason = request.reason().orElse("");
    return switch (request.kind()) {
      case ACKNOWLEDGE -> new HumanAction.Acknowledge(reason);
      case SNOOZE -> {
        Duration span = Duration.ofMinutes(request.minutes().orElse(0L));
        yield new HumanAction.Snooze(clock.instant().plus(span), reason);
      }
      case ACCEPT -> new HumanAction.Accept(reason);
      case RESOLVE -> new HumanAction.Resolve(reason);
    };
  }

  private SourceStatus status(TailedSource source) {
    dev.overseer.ingestion.SourceStatus status = source.status();
    SourceCounts counts = status.counts();
    Optional<Instant> watermark = DeskRows.instant(status.watermark());
    return new SourceStatus(
        source.name().value(),
        status.phase().name().toLowerCase(Locale.ROOT),
        status.lastFailure(),
        watermark,
        watermark.map(it -> DeskRows.behindMillis(it, clock.instant())),
        sourceIncidents.isStale(source.name()),
        status.received().map(SourcePosition::toString),
        counts.changes(),
        counts.rawBytes(),
        unknownTables(source),
        status.reading().map(ProgressText::of),
        status.retainedBytes().stream().boxed().findFirst());
  }

  /** Those that are not read yet, or are known up to some moment only. */
  private List<String> unknownTables(TailedSource source) {
    Set<TableName> known =
        Optional.ofNullable(index.progress().get(source.name())).stream()
            .flatMap(progress -> progress.known().entrySet().stream())
            .filter(table -> table.getValue().stream().anyMatch(KnownInterval::isOpen))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return source.tables().stream()
        .filter(table -> !known.contains(table))
        .map(TableName::toString)
        .toList();
  }
}
