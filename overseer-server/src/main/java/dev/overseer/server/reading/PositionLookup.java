package dev.overseer.server.reading;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.store.index.CommitSearch;
import dev.overseer.store.index.CommitSearch.Found;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.store.log.ReadableLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the last whole transaction of a source at or before a position, among what was stored
 * before an offset.
 */
final class PositionLookup {
  private final AskedPosition asked;
  private final LogOffset to;
  private final UpdateIndex index;
  private final ReadableLog<LogRecord> log;
  private final List<Era> eras;

  PositionLookup(AskedPosition asked, LogOffset to, UpdateIndex index, ReadableLog<LogRecord> log) {
    this.asked = asked;
    this.to = to;
    this.index = index;
    this.log = log;
    this.eras = Era.of(asked.source(), to, index, log);
  }

  /**
   * Fails with {@link InvalidRequest} when the position is in none of the source's histories, or in
   * several, or when what is there counts at no effective time any more.
   */
  Found transaction() {
    List<Integer> meant = IntStream.range(0, eras.size()).filter(this::isMeant).boxed().toList();
    List<Integer> having = meant.stream().filter(this::has).toList();
    if (having.size() > 1) {
      throw new InvalidRequest(
          "Position %s of source '%s' is in several histories: say which, %s"
              .formatted(
                  asked.position(),
                  asked.source(),
                  having.stream()
                      .map(era -> asked.in(eras.get(era).incarnation()))
                      .collect(Collectors.joining(" or "))));
    }
    return having.stream()
        .findFirst()
        .flatMap(era -> upTo(era, asked.position()))
        .map(this::counting)
        .orElseThrow(() -> nothingThere(meant.isEmpty() ? all() : meant));
  }

  private List<Integer> all() {
    return IntStream.range(0, eras.size()).boxed().toList();
  }

  private boolean isMeant(int era) {
    return asked.isIn(eras.get(era).incarnation());
  }

  private boolean has(int era) {
    Optional<Lsn> first = first(era);
    Optional<Lsn> last = eras.get(era).last();
    return first.isPresent()
        && first.get().compareTo(asked.position()) <= 0
        && last.filter(it -> it.compareTo(asked.position()) >= 0).isPresent();
  }

  /** Who names a timeline means the whole history that it goes on with. */
  private Optional<Lsn> first(int era) {
    boolean goesOn = asked.timeline().isPresent() && eras.get(era).fork().isPresent();
    return goesOn && era > 0 ? first(era - 1) : eras.get(era).first();
  }

  private Optional<Found> upTo(int number, Lsn position) {
    Era era = eras.get(number);
    return era.upTo(position)
        .or(
            () ->
                era.fork()
                    .filter(_ -> number > 0)
                    .map(forked -> Era.lsn(forked.fork()))
                    .flatMap(fork -> upTo(number - 1, least(fork, position))));
  }

  private static Lsn least(Lsn a, Lsn b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private Found counting(Found found) {
    eras.stream()
        .filter(era -> era.disowns(found))
        .findFirst()
        .ifPresent(
            era -> {
              throw new InvalidRequest(
                  "Transaction %s was disowned as of its own effective time: ask what was known before that, with known-at %s"
                      .formatted(found.commit().transaction(), era.commits().from()));
            });
    return found;
  }

  private InvalidRequest nothingThere(List<Integer> asIfMeant) {
    List<String> ranges = new ArrayList<>();
    for (int era : asIfMeant) {
      Optional<Lsn> last = eras.get(era).last();
      first(era)
          .ifPresent(
              first ->
                  ranges.add(
                      "%s from %s to %s"
                          .formatted(eras.get(era).incarnation(), first, last.orElse(first))));
    }
    return new InvalidRequest(
        "The log cannot tell position %s of source '%s'%s: it knows %s"
            .formatted(
                asked.position(),
                asked.source(),
                asked.timeline().map(" on timeline %d"::formatted).orElse(""),
                ranges.isEmpty() ? "no transaction of it" : String.join(", ", ranges)));
  }

  /** The source's last transaction of the same effective time; empty when it is this one. */
  Optional<LogRecord.Commit> lastAtTimeOf(LogRecord.Commit commit) {
    return new CommitSearch(index, log, asked.source(), commit.first(), to)
        .last(other -> !other.effectiveTime().isAfter(commit.effectiveTime()))
        .map(Found::commit)
        .filter(last -> !last.transaction().equals(commit.transaction()));
  }
}
