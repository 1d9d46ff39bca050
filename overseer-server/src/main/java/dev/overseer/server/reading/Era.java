package dev.overseer.server.reading;

import dev.overseer.model.ChunkPosition;
import dev.overseer.model.Incarnation;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.LogOffset;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Lsn;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.store.index.CommitSearch;
import dev.overseer.store.index.CommitSearch.Found;
import dev.overseer.store.index.UpdateIndex;
import dev.overseer.store.log.ReadableLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A stretch of the log in which a source's positions belong to one incarnation, and grow.
 *
 * @param fork where its history left that of the era before it; empty when it has none before it
 * @param commits of the source in it
 */
record Era(Incarnation incarnation, Optional<LogRecord.Forked> fork, CommitSearch commits) {

  /** The source's eras in the log before {@code to}, in order. */
  static List<Era> of(
      SourceName source, LogOffset to, UpdateIndex index, ReadableLog<LogRecord> log) {
    List<LogOffset> begins =
        index.eras(source).stream().filter(offset -> offset.compareTo(to) < 0).toList();
    List<Era> eras = new ArrayList<>();
    for (int i = 0; i < begins.size(); i++) {
      LogOffset end = i + 1 < begins.size() ? begins.get(i + 1) : to;
      CommitSearch commits = new CommitSearch(index, log, source, begins.get(i), end);
      eras.add(begunBy(log.get(begins.get(i)), commits));
    }
    return List.copyOf(eras);
  }

  private static Era begunBy(LogRecord record, CommitSearch commits) {
    if (record instanceof LogRecord.SourceOpened opened) {
      return new Era(opened.incarnation(), Optional.empty(), commits);
    }
    if (record instanceof LogRecord.Forked forked) {
      return new Era(forked.incarnation(), Optional.of(forked), commits);
    }
    throw new InvariantViolated("No era begins with " + record);
  }

  /** The last transaction that it has at or before a position. */
  Optional<Found> upTo(Lsn position) {
    return commits.last(commit -> position(commit).compareTo(position) <= 0);
  }

  static Lsn position(LogRecord.Commit commit) {
    return lsn(commit.transaction().commit());
  }

  static Lsn lsn(SourcePosition position) {
    return switch (position) {
      case Lsn lsn -> lsn;
      case ChunkPosition chunk -> chunk.at();
    };
  }

  /** From where on it can tell positions: behind the fork, or its first transaction's. */
  Optional<Lsn> first() {
    return fork.map(forked -> new Lsn(lsn(forked.fork()).value() + 1))
        .or(() -> commits.first().map(found -> position(found.commit())));
  }

  /** Up to where it can tell them: as far as the source's own log was read. */
  Optional<Lsn> last() {
    SourceName source = commits.source();
    Optional<Lsn> heard =
        Optional.ofNullable(
                Heard.between(commits.from(), commits.to(), Set.of(source), commits.log())
                    .get(source))
            .flatMap(Heard::position)
            .map(Era::lsn);
    return heard
        .or(() -> commits.last(_ -> true).map(found -> lsn(found.commit().end())))
        .or(() -> fork.map(forked -> lsn(forked.fork())));
  }

  /** Whether it says that this transaction does not count at its own effective time any more. */
  boolean disowns(Found found) {
    return fork.filter(
            forked ->
                found.offset().compareTo(forked.disowned()) >= 0
                    && found.offset().compareTo(commits.from()) < 0
                    && !found.commit().effectiveTime().isBefore(forked.from()))
        .isPresent();
  }
}
