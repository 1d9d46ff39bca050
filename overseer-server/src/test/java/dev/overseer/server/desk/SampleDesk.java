package dev.overseer.server.desk;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.desk.ViolationDetail.HistoryStep;
import dev.overseer.server.desk.ViolationDetail.Proof;
import dev.overseer.server.desk.ViolationDetail.ProofUpdate;
import dev.overseer.server.desk.ViolationSummary.Reason;
import dev.overseer.server.reading.Readings;
import dev.overseer.server.reading.SampleLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Some violations, and whatever was asked to be done about them. */
public final class SampleDesk implements Desk {
  public static final String ID = "00112233445566778899aabbccddeeff";
  public static final Instant TIME = Instant.parse("2026-01-02T03:04:05.000006Z");

  private static final SweepStatus SWEEP =
      new SweepStatus(
          true,
          "unjudged",
          "ann: a stricter rule",
          TIME,
          1200,
          Optional.of(50_000L),
          1000,
          990,
          3,
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public final List<ActionRequest> actions = new ArrayList<>();
  public final List<CheckRequest> wishes = new ArrayList<>();
  public boolean isSwept = true;
  public List<String> whyNotReady = List.of();

  @Override
  public Page<ViolationSummary> violations(Query query) {
    List<ViolationSummary> all =
        List.of(summary(ID, "open"), summary("ff" + ID.substring(2), "healed"));
    List<ViolationSummary> wanted =
        all.stream()
            .filter(it -> query.state().map(it.state()::equals).orElse(true))
            .filter(it -> query.about().map(it.check()::equals).orElse(true))
            .toList();
    List<ViolationSummary> page =
        wanted.stream().skip(query.offset()).limit(query.limit()).toList();
    return new Page<>(page, query.offset(), wanted.size());
  }

  @Override
  public Optional<ViolationDetail> violation(String id) {
    return ID.startsWith(id) ? Optional.of(detail("open")) : Optional.empty();
  }

  @Override
  public ViolationDetail act(String violation, ActionRequest action) {
    if (!ID.startsWith(violation)) {
      throw new InvalidRequest("There is no violation " + violation);
    }
    actions.add(action);
    return detail("acknowledged");
  }

  @Override
  public CheckStatus steer(String check, CheckRequest request) {
    if (!check.equals("withdrawal-is-booked-once")) {
      throw new InvalidRequest("There is no check '%s'".formatted(check));
    }
    wishes.add(request);
    return check(request.kind().word(), request.by() + ": " + request.reason());
  }

  @Override
  public Erasure erase(ErasureRequest request) {
    return new Erasure(
        request.kind(), "00ff", "AAAAAAAAAAAA", request.by(), request.reason(), Instant.EPOCH);
  }

  @Override
  public Page<IncidentSummary> incidents(Query query) {
    IncidentSummary stale =
        new IncidentSummary(ID, "source-stale", "ledger", "open", "not heard of", TIME, TIME);
    return new Page<>(List.of(stale), 0, 1);
  }

  @Override
  public List<SourceStatus> sources() {
    return List.of(
        new SourceStatus(
            "ledger",
            "streaming",
            Optional.empty(),
            Optional.of(TIME),
            Optional.of(1500L),
            false,
            Optional.of("0/16B3748"),
            12_345,
            678_900,
            List.of(),
            Optional.empty(),
            Optional.of(1024L)));
  }

  @Override
  public List<CheckStatus> checks() {
    return List.of(check("active", "ann: it is right now"));
  }

  private CheckStatus check(String mode, String reason) {
    return new CheckStatus(
        "withdrawal-is-booked-once",
        "abcdef",
        "check withdrawal-is-booked-once version 1",
        mode,
        Optional.of(reason),
        Optional.empty(),
        Optional.of(TIME),
        Optional.empty(),
        Optional.of(TIME),
        Optional.of(2500L),
        false,
        2,
        0,
        0,
        3,
        0,
        1,
        isSwept ? Optional.of(SWEEP) : Optional.empty());
  }

  @Override
  public Readiness readiness() {
    return Readiness.of(whyNotReady);
  }

  @Override
  public Readings readings() {
    return SampleLog.ofOneWithdrawal().readings();
  }

  @Override
  public Backtests backtests() {
    return new SampleBacktests();
  }

  private static ViolationSummary summary(String id, String state) {
    return new ViolationSummary(
        id,
        "withdrawal-is-booked-once",
        "withdrawal/42",
        state,
        state.equals("open"),
        List.of(new Reason("wrong-amount", "The amounts differ", "1.10", "1.1000000000000001")),
        TIME,
        TIME,
        TIME);
  }

  private static ViolationDetail detail(String state) {
    return new ViolationDetail(
        summary(ID, state),
        List.of(new HistoryStep(1, TIME, "absent", "failed", "open", Optional.empty(), "it opens")),
        Optional.of(
            new Proof(
                TIME,
                List.of(new ProofUpdate("withdrawal/42", "insert", "payments:1/1@0/10#0", 7, TIME)),
                Map.of("ledger", "0/16B3748"))));
  }
}
