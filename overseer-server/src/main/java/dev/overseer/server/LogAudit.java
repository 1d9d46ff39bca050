package dev.overseer.server;

import dev.overseer.server.configuration.StorageSettings;
import dev.overseer.store.archive.ArchivedSegmentFiles;
import dev.overseer.store.log.LocalSegmentFiles;
import dev.overseer.store.log.LogVerification;
import dev.overseer.store.log.LogVerification.Progress;
import dev.overseer.store.log.VerifiedLog;
import dev.overseer.store.objects.ObjectStore;
import java.util.List;

/** Verifies the two logs, where they were written or where they are archived. */
final class LogAudit {
  private LogAudit() {}

  static List<VerifiedLog> ofDirectory(DataDirectory directory, Progress progress) {
    return List.of(
        new LogVerification(
                DataDirectory.UPDATES, new LocalSegmentFiles(directory.updates()), progress)
            .run(),
        new LogVerification(
                DataDirectory.JOURNAL, new LocalSegmentFiles(directory.journal()), progress)
            .run());
  }

  static List<VerifiedLog> ofArchive(StorageSettings storage, Progress progress) {
    try (ObjectStore store = LogArchives.patientStore(storage)) {
      return List.of(
          ofArchive(store, DataDirectory.UPDATES, progress),
          ofArchive(store, DataDirectory.JOURNAL, progress));
    }
  }

  private static VerifiedLog ofArchive(ObjectStore store, String name, Progress progress) {
    return new LogVerification(name, new ArchivedSegmentFiles(store, name), progress).run();
  }
}
