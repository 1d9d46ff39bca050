package dev.overseer.server.heartbeat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of the posts: counted each, and logged when that changes, so that a switch that is
 * away for a day takes two lines. Counts may be read from any thread.
 */
public final class HeartbeatLog {
  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatLog.class);

  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong withheld = new AtomicLong();
  private String last = "";

  void taken() {
    taken.incrementAndGet();
    if (isNews("")) {
      LOG.info("The heartbeat is heard again");
    }
  }

  void failed(String why) {
    failed.incrementAndGet();
    if (isNews("failed")) {
      LOG.warn("The heartbeat is not heard, and goes on: {}", why);
    }
  }

  void withheld(List<String> reasons) {
    withheld.incrementAndGet();
    if (isNews("withheld")) {
      LOG.warn("The heartbeat is withheld, because all is not well: {}", reasons);
    }
  }

  private boolean isNews(String now) {
    boolean differs = !now.equals(last);
    last = now;
    return differs;
  }

  public long takenCount() {
    return taken.get();
  }

  public long failedCount() {
    return failed.get();
  }

  public long withheldCount() {
    return withheld.get();
  }
}
