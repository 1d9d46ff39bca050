package dev.overseer.server;

import dev.overseer.model.LogOffset;
import dev.overseer.runner.journal.JournalEntry;
import dev.overseer.runner.journal.JournalEntry.ChangesDeleted;
import dev.overseer.store.log.LogVerification.Deletions;
import dev.overseer.store.log.Sha256;
import dev.overseer.store.retention.Deletion;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** What the journal says of deletions, gathered while it is verified. */
final class DeletionsOnRecord implements Deletions, Consumer<JournalEntry> {
  private final Set<Became> all = new HashSet<>();
  private boolean isWhole;

  private record Became(LogOffset first, int generation, Sha256 sha256) {}

  @Override
  public void accept(JournalEntry entry) {
    if (entry instanceof ChangesDeleted deleted) {
      Deletion deletion = deleted.deletion();
      all.add(new Became(deletion.first(), deletion.generation(), deletion.after()));
    }
  }

  /** What the journal says before this is in its archive alone, and was not read. */
  void readFrom(LogOffset start) {
    isWhole = start.equals(LogOffset.ZERO);
  }

  @Override
  public boolean areOnRecord(LogOffset first, int generation, Sha256 sha256) {
    return !isWhole || all.contains(new Became(first, generation, sha256));
  }
}
