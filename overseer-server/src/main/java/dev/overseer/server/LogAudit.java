package dev.overseer.server;

import dev.overseer.runner.journal.JournalCodec;
import dev.overseer.server.configuration.StorageSettings;
import dev.overseer.store.archive.ArchivedSegmentFiles;
import dev.overseer.store.log.LocalSegmentFiles;
import dev.overseer.store.log.LogVerification;
import dev.overseer.store.log.LogVerification.Progress;
import dev.overseer.store.log.SegmentFiles;
import dev.overseer.store.log.VerifiedLog;
import dev.overseer.store.objects.ObjectStore;
import java.util.List;

/** Verifies the two logs, where they were written or where they are archived. */
final class LogAudit {
  private LogAudit() {}

  static List<VerifiedLog> ofDirectory(DataDirectory directory, Progress progress) {
    return verify(
        new LocalSegmentFiles(directory.updates()),
        new LocalSegmentFiles(directory.journal()),
        progress);
  }

  static List<VerifiedLog> ofArchive(StorageSettings storage, Progress progress) {
    try (ObjectStore store = LogArchives.patientStore(storage)) {
      return verify(
          new ArchivedSegmentFiles(store, DataDirectory.UPDATES),
          new ArchivedSegmentFiles(store, DataDirectory.JOURNAL),
          progress);
    }
  }

  /** Deletions go on meanwhile: what the journal did not say at first it may say now. */
  private static List<VerifiedLog> verify(
      SegmentFiles updates, SegmentFiles journal, Progress progress) {
    List<VerifiedLog> logs = verifyOnce(updates, journal, progress);
    return logs.getFirst().damage().isPresent() ? verifyOnce(updates, journal, progress) : logs;
  }

  private static List<VerifiedLog> verifyOnce(
      SegmentFiles updates, SegmentFiles journal, Progress progress) {
    DeletionsOnRecord onRecord = new DeletionsOnRecord();
    VerifiedLog decisions =
        new LogVerification(DataDirectory.JOURNAL, journal, progress)
            .telling(new JournalCodec(), onRecord)
            .run();
    onRecord.readFrom(decisions.start());
    return List.of(
        new LogVerification(DataDirectory.UPDATES, updates, progress).with(onRecord).run(),
        decisions);
  }
}
