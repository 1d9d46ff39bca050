package dev.overseer.server;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.LogOffset;
import dev.overseer.model.Subject;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.SubjectErased;
import dev.overseer.runner.journal.JournalFold;
import dev.overseer.server.desk.Erasure;
import dev.overseer.server.desk.ErasureRequest;
import dev.overseer.store.keys.ErasedSubject;
import dev.overseer.store.keys.SubjectKeys;
import dev.overseer.store.log.AppendLog;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Erases subjects. The journal says it first, durably, and then the key is destroyed; a start
 * destroys again whatever the journal says, so that a crash in between leaves no key. Safe for many
 * threads.
 */
final class ErasureBook implements JournalFold {
  private final AppendLog<JournalEntry> journal;
  private final Optional<SubjectKeys> keys;
  private final InstantSource clock;

  /**
   * @param keys absent where nothing is encrypted
   */
  ErasureBook(AppendLog<JournalEntry> journal, Optional<SubjectKeys> keys, InstantSource clock) {
    this.journal = journal;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public void apply(LogOffset offset, JournalEntry entry) {
    if (entry instanceof SubjectErased erased) {
      keys.ifPresent(them -> them.erase(new ErasedSubject(erased.subject(), erased.key())));
    }
  }

  /**
   * Destroys the subject's key, and returns when it is gone.
   *
   * @throws InvalidRequest when it has none
   */
  synchronized Erasure erase(ErasureRequest request) {
    SubjectKeys all =
        keys.orElseThrow(
            () -> new InvalidRequest("Nothing is encrypted here: no personalData.masterKey"));
    ErasedSubject subject =
        all.find(new Subject(request.kind(), request.subject()))
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
    all.erase(subject);
    return new Erasure(
        erased.kind(), erased.subject(), erased.key(), erased.by(), erased.reason(), erased.at());
  }
}
