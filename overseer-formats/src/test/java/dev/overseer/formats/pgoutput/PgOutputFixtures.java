package dev.overseer.formats.pgoutput;

import dev.overseer.model.Lsn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whole transactions as a server would stream them, for tests of those who receive them. */
public final class PgOutputFixtures {
  private PgOutputFixtures() {}

  /**
   * The messages of one transaction: Begin, {@code messages} as they are (Relations among them),
   * Commit.
   */
  public static List<byte[]> transaction(
      Lsn commit, Instant commitTime, long xid, List<byte[]> messages) {
    List<byte[]> all = new ArrayList<>();
    all.add(PgOutputWriter.begin(new PgOutput.Begin(commit, commitTime, xid)));
    all.addAll(messages);
    Lsn end = new Lsn(commit.value() + 48);
    all.add(PgOutputWriter.commit(new PgOutput.Commit(commit, end, commitTime)));
    return List.copyOf(all);
  }
}
