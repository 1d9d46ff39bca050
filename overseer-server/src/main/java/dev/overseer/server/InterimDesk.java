package dev.overseer.server;

import dev.overseer.model.Unavailable;
import dev.overseer.runner.incidents.Incident;
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
import dev.overseer.server.storage.DiskTrouble;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The desk while storage refuses: what was stored, as far as that can be read, and why there is no
 * more. Nothing can be done there.
 *
 * @param incident that is open for it, if it is on no record yet
 */
record InterimDesk(
    DataDirectory directory, Supplier<DiskTrouble> trouble, Supplier<Optional<Incident>> incident)
    implements Desk {

  @Override
  public Page<ViolationSummary> violations(Query query) {
    return stored(desk -> desk.violations(query));
  }

  @Override
  public Optional<ViolationDetail> violation(String id) {
    return stored(desk -> desk.violation(id));
  }

  @Override
  public ViolationDetail act(String violation, ActionRequest action) {
    throw new Unavailable("Nothing can be put on record now. " + trouble.get().text());
  }

  @Override
  public CheckStatus steer(String check, CheckRequest request) {
    throw new Unavailable("Nothing can be put on record now. " + trouble.get().text());
  }

  @Override
  public Erasure erase(ErasureRequest request) {
    throw new Unavailable("Nothing can be put on record now. " + trouble.get().text());
  }

  /** Those on record may not be readable; the one that says so always is. */
  @Override
  public Page<IncidentSummary> incidents(Query query) {
    Page<IncidentSummary> page;
    try {
      page = stored(desk -> desk.incidents(query));
    } catch (Unavailable e) {
      page = new Page<>(List.of(), query.offset(), 0);
    }
    List<IncidentSummary> ours =
        incident.get().map(DeskRows::summary).filter(it -> isAskedFor(it, query)).stream().toList();
    List<IncidentSummary> others =
        page.items().stream()
            .filter(it -> ours.stream().noneMatch(our -> our.id().equals(it.id())))
            .toList();
    return new Page<>(
        Stream.concat(ours.stream(), others.stream()).toList(),
        page.offset(),
        page.total() - page.items().size() + ours.size() + others.size());
  }

  private static boolean isAskedFor(IncidentSummary incident, Query query) {
    return query.offset() == 0
        && query.about().map(incident.kind()::equals).orElse(true)
        && query
            .state()
            .map(state -> state.equals(incident.state()) || state.equals(Query.UNRESOLVED))
            .orElse(true);
  }

  @Override
  public List<SourceStatus> sources() {
    return stored(StoredDesk::sources);
  }

  @Override
  public List<CheckStatus> checks() {
    return stored(StoredDesk::checks);
  }

  @Override
  public Readiness readiness() {
    return Readiness.of(List.of(trouble.get().text()));
  }

  @Override
  public Readings readings() {
    throw new Unavailable("Nothing can be read now. " + trouble.get().text());
  }

  @Override
  public Backtests backtests() {
    throw new Unavailable("Nothing can be read now. " + trouble.get().text());
  }

  /** Opened for each question: what is open would be in the way of the next life. */
  private <T> T stored(Function<StoredDesk, T> question) {
    try (StoredDesk desk = StoredDesk.open(directory)) {
      return question.apply(desk);
    }
  }
}
