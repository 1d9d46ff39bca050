package dev.overseer.server;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Subject;
import dev.overseer.model.Unavailable;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.SubjectErased;
import dev.overseer.runner.journal.JournalFold;
import dev.overseer.server.desk.Erasure;
import dev.overseer.server.desk.ErasureRequest;
import dev.overseer.store.archive.Erasing;
import dev.overseer.store.keys.ErasedSubject;
import dev.overseer.store.keys.SubjectKeys;
import dev.overseer.store.log.AppendLog;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Erases subjects. The journal says it first, and when that is safe the key is destroyed; a start
 * destroys again whatever the journal says, so that a crash in between leaves no key. Safe for many
 * threads.
 */
final class ErasureBook implements JournalFold {
  private static final Duration WAIT_MAX = Duration.ofSeconds(15);
  private static final Duration LOOK_EVERY = Duration.ofMillis(5);

  private final AppendLog<JournalEntry> journal;
  private final Optional<SubjectKeys> keys;
  private final Optional<Erasing> erasing;
  private final InstantSource clock;

  /**
   * @param keys absent where nothing is encrypted
   * @param erasing destroys them, in a thread of its own
   */
  ErasureBook(
      AppendLog<JournalEntry> journal,
      Optional<SubjectKeys> keys,
      Optional<Erasing> erasing,
      InstantSource clock) {
    this.journal = journal;
    this.keys = keys;
    this.erasing = erasing;
    this.clock = clock;
  }

  @Override
  public void apply(LogOffset offset, JournalEntry entry) {
    if (entry instanceof SubjectErased erased) {
      keys.ifPresent(them -> them.erase(new ErasedSubject(erased.subject(), erased.key())));
    }
  }

  /**
   * Has the subject's key destroyed, and returns when it is gone.
   *
   * @throws InvalidRequest when it has none
   * @throws Unavailable when the archive does not answer: it is on record, and is done as soon as
   *     that does
   */
  Erasure erase(ErasureRequest request) {
    Erasing destroying = erasing.orElseThrow(ErasureBook::nothingEncrypted);
    SubjectErased erased = record(request);
    ErasedSubject subject = new ErasedSubject(erased.subject(), erased.key());
    destroying.add(subject, journal.end());
    await(destroying, subject);
    return new Erasure(
        erased.kind(), erased.subject(), erased.key(), erased.by(), erased.reason(), erased.at());
  }

  private static InvalidRequest nothingEncrypted() {
    return new InvalidRequest("Nothing is encrypted here: no personalData.masterKey");
  }

  private static void await(Erasing destroying, ErasedSubject subject) {
    long end = System.nanoTime() + WAIT_MAX.toNanos();
    while (!destroying.isDone(subject)) {
      if (System.nanoTime() > end) {
        throw new Unavailable(
            "It is on record, and the archive does not answer: the subject's key is destroyed there"
                + " as soon as it does");
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  private SubjectErased record(ErasureRequest request) {
    ErasedSubject subject =
        keys.orElseThrow(ErasureBook::nothingEncrypted)
            .find(new Subject(request.kind(), request.subject()))
            .orElseThrow(
                () ->
                    new InvalidRequest(
                        "No value of such a subject of kind '%s' is stored, or it was erased already"
                            .formatted(request.kind())));
    SubjectErased erased =
        new SubjectErased(
            request.kind(),
            subject.hidden(),
            subject.key(),
            request.by(),
            request.reason(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    journal.append(erased);
    journal.sync();
    return erased;
  }
}
