package dev.overseer.server.stages;

import dev.overseer.model.Stage;
import dev.overseer.store.log.AppendLog;

/**
 * Makes what all sources appended durable, together: while one sync waits for the disk, the next
 * group gathers.
 */
public final class GroupCommit implements Stage {
  private final AppendLog<?> log;

  public GroupCommit(AppendLog<?> log) {
    this.log = log;
  }

  @Override
  public boolean step() {
    if (log.appended().equals(log.end())) {
      return false;
    }
    log.sync();
    return true;
  }
}
