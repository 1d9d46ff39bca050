package dev.overseer.runner.judging;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.UpdateId;
import dev.overseer.runner.judging.Evidence.Decider;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.store.index.SourceProgress;
import dev.overseer.store.log.ReadableLog;
import dev.overseer.views.View;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Gathers what a verdict rests on. */
public final class EvidenceReader {
  private static final Comparator<Placed> IN_ORDER =
      Comparator.comparing((Placed placed) -> placed.update().effectiveTime())
          .thenComparing(placed -> placed.update().change());

  private final ReadableLog<LogRecord> log;

  private record Placed(RecordKey record, IndexedUpdate update) {}

  public EvidenceReader(ReadableLog<LogRecord> log) {
    this.log = log;
  }

  /**
   * @param byDeadline whether the verdict was due because time had passed
   */
  public Evidence read(
      View view,
      boolean byDeadline,
      Collection<SourceName> sources,
      Map<SourceName, SourceProgress> progress) {
    Stream<Placed> ofMembers =
        Stream.concat(
                Stream.of(view.root()), view.members().values().stream().flatMap(List::stream))
            .flatMap(
                member ->
                    member.updates().stream().map(update -> new Placed(member.key(), update)));
    List<Placed> all =
        Stream.concat(ofMembers, ofTotals(view)).distinct().sorted(IN_ORDER).toList();
    List<Evidence.Update> updates = latest(all);
    return new Evidence(
        updates,
        all.size() - updates.size(),
        positions(sources, progress),
        decider(byDeadline, updates));
  }

  /** The last of the updates that totals were changed by. */
  private static Stream<Placed> ofTotals(View view) {
    return view.totals().values().stream()
        .flatMap(List::stream)
        .flatMap(reading -> reading.updates().last(Evidence.UPDATES_MAX).stream())
        .map(totalled -> new Placed(totalled.record(), totalled.update()));
  }

  /** The updates of these records and of the view's totals after {@code cut}, the latest. */
  public List<Evidence.Update> after(
      EffectiveTime cut,
      View view,
      Set<RecordKey> records,
      Function<RecordKey, List<IndexedUpdate>> updatesOf) {
    Stream<Placed> ofRecords =
        records.stream()
            .flatMap(record -> updatesOf.apply(record).stream().map(it -> new Placed(record, it)));
    List<Placed> all =
        Stream.concat(ofRecords, ofTotals(view))
            .distinct()
            .filter(placed -> placed.update().effectiveTime().isAfter(cut))
            .sorted(IN_ORDER)
            .toList();
    return latest(all);
  }

  private List<Evidence.Update> latest(List<Placed> all) {
    return all.subList(Math.max(0, all.size() - Evidence.UPDATES_MAX), all.size()).stream()
        .map(this::update)
        .toList();
  }

  /** Where the view itself cannot be read, which is what the verdict says. */
  public Evidence withoutView(
      boolean byDeadline,
      Collection<SourceName> sources,
      Map<SourceName, SourceProgress> progress) {
    return new Evidence(List.of(), 0, positions(sources, progress), decider(byDeadline, List.of()));
  }

  private static Decider decider(boolean byDeadline, List<Evidence.Update> updates) {
    if (byDeadline || updates.isEmpty()) {
      return new Decider.Deadline();
    }
    Evidence.Update latest = updates.getLast();
    return new Decider.LatestUpdate(latest.effectiveTime(), latest.commitTime());
  }

  private Evidence.Update update(Placed placed) {
    IndexedUpdate update = placed.update();
    if (!(log.get(update.commit()) instanceof LogRecord.Commit commit)) {
      throw misplaced(update.commit(), "a commit");
    }
    return new Evidence.Update(
        placed.record(),
        new UpdateId(commit.source(), commit.transaction(), ordinal(update.change())),
        update.operation(),
        update.change(),
        update.effectiveTime(),
        commit.commitTime());
  }

  private int ordinal(LogOffset change) {
    return switch (log.get(change)) {
      case LogRecord.Change(_, int ordinal, _, _, _) -> ordinal;
      case LogRecord.DeadLetter(_, int ordinal, _, _, _) -> ordinal;
      case LogRecord.Expired(_, int ordinal) -> ordinal;
      case LogRecord.Commit _,
          LogRecord.Forked _,
          LogRecord.Horizon _,
          LogRecord.Mark _,
          LogRecord.Schema _,
          LogRecord.SourceOpened _,
          LogRecord.TableReading _,
          LogRecord.TableKnown _,
          LogRecord.TableUnknown _ ->
          throw misplaced(change, "a change");
    };
  }

  private static CorruptStore misplaced(LogOffset offset, String expected) {
    return new CorruptStore(
        "The index says that the log has %s at offset %s, and it has something else there"
            .formatted(expected, offset));
  }

  private static Map<SourceName, SourcePosition> positions(
      Collection<SourceName> sources, Map<SourceName, SourceProgress> progress) {
    Map<SourceName, SourcePosition> positions = new HashMap<>();
    for (SourceName source : sources) {
      Optional.ofNullable(progress.get(source))
          .flatMap(SourceProgress::resume)
          .ifPresent(position -> positions.put(source, position));
    }
    return positions;
  }
}
