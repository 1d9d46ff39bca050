package dev.overseer.bench.crash;

import dev.overseer.bench.process.OverseerProcess;
import dev.overseer.bench.process.Polling;
import dev.overseer.bench.process.Scrape;
import dev.overseer.runner.journal.ViolationId;
import dev.overseer.runner.transitions.State;
import dev.overseer.server.desk.ActionRequest;
import dev.overseer.server.desk.ActionRequest.Kind;
import dev.overseer.server.desk.Query;
import dev.overseer.server.desk.ViolationSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Acknowledges violations that nobody heals, or accepts them with a reason, one at a time, and
 * remembers what must be kept.
 */
final class Clerk {
  private static final Duration SAFE_MAX = Duration.ofSeconds(6);
  private static final Duration ASK_EVERY = Duration.ofMillis(100);
  private static final String RECORDS = "overseer_journal_records_total";
  private static final String UNARCHIVED = "overseer_journal_unarchived_records";
  private static final Query OPEN =
      new Query(Optional.of("open"), Optional.empty(), 0, Query.LIMIT_MAX);

  /** What was tried with a violation. */
  private final Map<ViolationId, Set<Said>> said = new HashMap<>();

  /** Those of which it was seen that what was said of them outlives everything. */
  private final Set<ViolationId> safe = new HashSet<>();

  private int tries;

  private record Said(Kind kind, State to, String reason) {}

  /** Finds one and says something; does nothing where there is none, or nobody answers. */
  void act(OverseerProcess overseer, Map<UUID, Fate> fates) {
    overseer
        .ask(desk -> desk.violations(OPEN).items())
        .flatMap(open -> open.stream().filter(it -> isLasting(it, fates)).findFirst())
        .ifPresent(violation -> act(overseer, new ViolationId(violation.id())));
  }

  private void act(OverseerProcess overseer, ViolationId violation) {
    Said next =
        tries++ % 2 == 0
            ? new Said(Kind.ACCEPT, State.ACCEPTED, "agreed as the clerk's no. " + tries)
            : new Said(Kind.ACKNOWLEDGE, State.ACKNOWLEDGED, "asked as the clerk's no. " + tries);
    said.computeIfAbsent(violation, _ -> new HashSet<>()).add(next);
    ActionRequest action =
        new ActionRequest(next.kind(), "clerk", Optional.of(next.reason()), Optional.empty());
    boolean done = overseer.ask(desk -> desk.act(violation.hex(), action)).isPresent();
    if (done && isSafeSoon(overseer, overseer.metrics().sum(RECORDS))) {
      safe.add(violation);
    }
  }

  /** The journal is where it is to outlive what is lost; on the disk alone it always is. */
  private static boolean isSafeSoon(OverseerProcess overseer, double records) {
    long end = System.nanoTime() + SAFE_MAX.toNanos();
    while (System.nanoTime() < end) {
      Scrape scrape = overseer.metrics();
      if (records > 0 && scrape.sum(RECORDS) - scrape.sum(UNARCHIVED) >= records) {
        return true;
      }
      Polling.pause(ASK_EVERY);
    }
    return false;
  }

  private static boolean isLasting(ViolationSummary violation, Map<UUID, Fate> fates) {
    String root = violation.root();
    Fate fate = fates.get(UUID.fromString(root.substring(root.indexOf('/') + 1)));
    return fate != null && !fate.healed();
  }

  /** Of how many violations it must be there what was said. */
  int kept() {
    return safe.size();
  }

  /**
   * Whether a violation went the way that its data asked for, or that and then ours.
   *
   * @param states those that its data asked for
   */
  boolean explains(ViolationId violation, List<State> states, List<State> taken) {
    return taken.equals(states)
        ? !safe.contains(violation)
        : ofOurs(violation).map(Said::to).map(to -> and(states, to)).anyMatch(taken::equals);
  }

  private static List<State> and(List<State> states, State last) {
    List<State> all = new ArrayList<>(states);
    all.add(last);
    return all;
  }

  /** Whether a step is one that we took. */
  boolean said(ViolationId violation, State to, String reason) {
    return ofOurs(violation).anyMatch(it -> it.to() == to && it.reason().equals(reason));
  }

  /** For people: what must have followed. */
  String kept(ViolationId violation) {
    return safe.contains(violation) ? " and then " + said.get(violation) : "";
  }

  private Stream<Said> ofOurs(ViolationId violation) {
    return said.getOrDefault(violation, Set.of()).stream();
  }
}
