package dev.overseer.runner.scheduling;

import dev.overseer.checks.ExecutionStrategy;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.scheduling.AgendaItem.Discovery;
import dev.overseer.runner.scheduling.AgendaItem.Judge;
import dev.overseer.runner.scheduling.AgendaItem.Lull;
import dev.overseer.runner.scheduling.AgendaItem.Select;
import dev.overseer.runner.scheduling.AgendaItem.Sweep;
import dev.overseer.runner.scheduling.AgendaItem.Touch;
import dev.overseer.runner.scheduling.AgendaItem.Why;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.keyvalue.Space;
import dev.overseer.store.keyvalue.WriteBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done for one check, in the order (time, kind, record). Each kind has a lane of its
 * own: within a lane a strategy's delay is the same for all, so the first item of each lane tells
 * the earliest trigger that is still pending. Belongs to one thread.
 */
public final class Agenda {
  public static final Space SPACE = new Space("agenda");

  /** The number of the lane in whose place the counts of all others are. */
  private static final int COUNTS = 8;

  private final OrderedStore store;
  private final int course;
  private final int nearMax;
  private final StoredCounts counts;
  private final Lane<Select> selects;
  private final Lane<Touch> touches;
  private final Lane<Lull> lulls;
  private final Lane<Sweep> sweeps;
  private final Lane<Discovery> discoveries;
  private final Lane<Judge> evaluations;
  private final Lane<Judge> plans;
  private final Lane<Judge> healings;
  private final Optional<Lane<Judge>> plansByTrigger;
  private final List<Lane<Judge>> judgements;
  private final List<Lane<?>> all;

  /**
   * @param course distinguishes this agenda's items from all others in the store, for ever
   * @param delayVaries whether plans may lie nearer to their triggers or farther from them
   * @param nearMax how many items of each kind stay in memory after a checkpoint
   */
  public Agenda(OrderedStore store, int course, boolean delayVaries, int nearMax) {
    this.store = store;
    this.course = course;
    this.nearMax = nearMax;
    this.counts = new StoredCounts(store, SPACE, prefix(COUNTS));
    selects = lane(0, Forms::selects);
    touches = lane(1, Forms::touches);
    lulls = lane(9, Forms::lulls);
    sweeps = lane(6, Forms::sweeps);
    discoveries = lane(7, Forms::discoveries);
    evaluations = lane(2, prefix -> Forms.judgements(prefix, Why.EVALUATION));
    plans = lane(3, prefix -> Forms.judgements(prefix, Why.PLAN));
    healings = lane(4, prefix -> Forms.judgements(prefix, Why.HEALING));
    plansByTrigger = delayVaries ? Optional.of(lane(5, Forms::byTrigger)) : Optional.empty();
    judgements = List.of(evaluations, plans, healings);
    all =
        Stream.concat(
                Stream.<Lane<?>>of(
                    selects, touches, lulls, sweeps, discoveries, evaluations, plans, healings),
                plansByTrigger.stream())
            .toList();
  }

  private <T> Lane<T> lane(int number, Function<byte[], Lane.Form<T>> form) {
    byte[] prefix = prefix(number);
    OptionalLong size =
        counts
            .atStart()
            .filter(them -> number < them.length)
            .map(them -> OptionalLong.of(them[number]))
            .orElse(OptionalLong.empty());
    return new Lane<>(store, SPACE, prefix, form.apply(prefix), nearMax, size);
  }

  private byte[] prefix(int lane) {
    return new byte[] {
      (byte) (course >>> 24),
      (byte) (course >>> 16),
      (byte) (course >>> 8),
      (byte) course,
      (byte) lane
    };
  }

  /** The beginning of all keys of a course in {@link #SPACE}. */
  public static byte[] prefixOf(int course) {
    return new byte[] {
      (byte) (course >>> 24), (byte) (course >>> 16), (byte) (course >>> 8), (byte) course
    };
  }

  public void add(AgendaItem item) {
    switch (item) {
      case Select select -> selects.put(select);
      case Touch touch -> touches.put(touch);
      case Lull lull -> lulls.put(lull);
      case Sweep sweep -> sweeps.put(sweep);
      case Discovery discovery -> discoveries.put(discovery);
      case Judge judge -> {
        lane(judge.why()).put(judge);
        if (judge.why() == Why.PLAN) {
          plansByTrigger.ifPresent(lane -> lane.put(judge));
        }
      }
    }
  }

  /** The next item before {@code frontier}; null when there is none. */
  public @Nullable AgendaItem firstBefore(EffectiveTime frontier) {
    AgendaItem search = earlier(earlier(selects.first(), sweeps.first()), discoveries.first());
    AgendaItem scheduling = earlier(earlier(search, touches.first()), lulls.first());
    AgendaItem first = earlier(scheduling, firstJudgement());
    return first != null && first.at().isBefore(frontier) ? first : null;
  }

  /** By time and root, so that all judgements of a root at a cut come first in their lanes. */
  private @Nullable Judge firstJudgement() {
    Judge first = null;
    Lane<Judge> lane = evaluations;
    for (int i = 0; i < judgements.size(); i++) {
      Lane<Judge> other = judgements.get(i);
      Judge candidate = other.first();
      if (candidate != null && (first == null || other.headComesBefore(lane))) {
        first = candidate;
        lane = other;
      }
    }
    return first;
  }

  private static @Nullable AgendaItem earlier(
      @Nullable AgendaItem one, @Nullable AgendaItem other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.at().isBefore(one.at()) ? other : one;
  }

  /** The first item was done. */
  public void removeFirst(AgendaItem first) {
    switch (first) {
      case Select _ -> selects.removeFirst();
      case Touch _ -> touches.removeFirst();
      case Lull _ -> lulls.removeFirst();
      case Sweep _ -> sweeps.removeFirst();
      case Discovery _ -> discoveries.removeFirst();
      case Judge judge -> {
        lane(judge.why()).removeFirst();
        if (judge.why() == Why.PLAN) {
          plansByTrigger.ifPresent(lane -> lane.remove(judge));
        }
      }
    }
  }

  /**
   * Holds all that asks for a judgement of {@code root} at {@code cut}, which is what is next: it
   * is passed over, and stays on the agenda until it is {@link #done}.
   */
  public List<Judge> holdJudgements(RecordKey root, EffectiveTime cut) {
    List<Judge> held = new ArrayList<>(2);
    for (Lane<Judge> lane : judgements) {
      Judge next = lane.first();
      while (next != null && isOf(next, root, cut)) {
        held.add(next);
        lane.holdFirst();
        next = lane.first();
      }
    }
    return held;
  }

  /**
   * Removes all that asks for a judgement of {@code root} at {@code cut}, which is what is next.
   */
  public void removeJudgements(RecordKey root, EffectiveTime cut) {
    for (Lane<Judge> lane : judgements) {
      Judge next = lane.first();
      while (next != null && isOf(next, root, cut)) {
        removeFirst(next);
        next = lane.first();
      }
    }
  }

  private static boolean isOf(Judge judge, RecordKey root, EffectiveTime cut) {
    return judge.at().equals(cut) && judge.root().equals(root);
  }

  /** Holds the first item. */
  public void holdFirst(AgendaItem first) {
    lane(first).holdFirst();
  }

  /** What was held is done, and gone from the agenda. */
  public void done(AgendaItem held) {
    switch (held) {
      case Select select -> selects.done(select);
      case Touch touch -> touches.done(touch);
      case Lull lull -> lulls.done(lull);
      case Sweep sweep -> sweeps.done(sweep);
      case Discovery discovery -> discoveries.done(discovery);
      case Judge judge -> {
        lane(judge.why()).done(judge);
        if (judge.why() == Why.PLAN) {
          plansByTrigger.ifPresent(lane -> lane.remove(judge));
        }
      }
    }
  }

  /** What was held is to be done later. */
  public void giveBack(AgendaItem held) {
    switch (held) {
      case Select select -> selects.giveBack(select);
      case Touch touch -> touches.giveBack(touch);
      case Lull lull -> lulls.giveBack(lull);
      case Sweep sweep -> sweeps.giveBack(sweep);
      case Discovery discovery -> discoveries.giveBack(discovery);
      case Judge judge -> lane(judge.why()).giveBack(judge);
    }
  }

  /** Takes back a judgement that is on the agenda. */
  public void remove(Judge judge) {
    lane(judge.why()).remove(judge);
    if (judge.why() == Why.PLAN) {
      plansByTrigger.ifPresent(lane -> lane.remove(judge));
    }
  }

  /** Puts an item in the place of one that differs in its waiting only, if that is still there. */
  public void swap(AgendaItem before, AgendaItem after) {
    switch (before) {
      case Select select -> selects.swap(select, (Select) after);
      case Touch touch -> touches.swap(touch, (Touch) after);
      case Lull lull -> lulls.swap(lull, (Lull) after);
      case Sweep sweep -> sweeps.swap(sweep, (Sweep) after);
      case Discovery discovery -> discoveries.swap(discovery, (Discovery) after);
      case Judge judge -> lane(judge.why()).swap(judge, (Judge) after);
    }
  }

  /** Puts an item in the place of the one that has come less far. */
  public void replace(AgendaItem item) {
    switch (item) {
      case Select select -> selects.replace(select);
      case Touch touch -> touches.replace(touch);
      case Lull lull -> lulls.replace(lull);
      case Sweep sweep -> sweeps.replace(sweep);
      case Discovery discovery -> discoveries.replace(discovery);
      case Judge judge -> lane(judge.why()).replace(judge);
    }
  }

  private Lane<?> lane(AgendaItem item) {
    return switch (item) {
      case Select _ -> selects;
      case Touch _ -> touches;
      case Lull _ -> lulls;
      case Sweep _ -> sweeps;
      case Discovery _ -> discoveries;
      case Judge judge -> lane(judge.why());
    };
  }

  private Lane<Judge> lane(Why why) {
    return switch (why) {
      case EVALUATION -> evaluations;
      case PLAN -> plans;
      case HEALING -> healings;
    };
  }

  /** The earliest trigger of which something is still to be done. */
  public Optional<EffectiveTime> earliestTrigger() {
    return Stream.of(
            Optional.ofNullable((AgendaItem) selects.earliest()),
            Optional.ofNullable((AgendaItem) touches.earliest()),
            Optional.ofNullable((AgendaItem) lulls.earliest()),
            Optional.ofNullable((AgendaItem) sweeps.earliest()),
            Optional.ofNullable((AgendaItem) discoveries.earliest()),
            Optional.ofNullable((AgendaItem) evaluations.earliest()),
            Optional.ofNullable((AgendaItem) plansByTrigger.orElse(plans).earliest()),
            Optional.ofNullable((AgendaItem) healings.earliest()))
        .flatMap(Optional::stream)
        .map(AgendaItem::trigger)
        .min(Comparator.naturalOrder());
  }

  /** The items in memory that may wait for a source: of each kind in order, those of plans last. */
  public List<Iterable<? extends AgendaItem>> nearItems() {
    return List.of(selects.nearItems(), touches.nearItems(), plans.nearItems());
  }

  /** How many triggers are still to be selected, planned or judged. */
  public long size() {
    return selects.size()
        + touches.size()
        + lulls.size()
        + sweeps.size()
        + plans.size()
        + healings.size();
  }

  /** How many of those in memory were due before {@code time}, as their strategy delays them. */
  public long countDueBefore(EffectiveTime time, ExecutionStrategy strategy) {
    EffectiveTime trigger = time.minus(Scheduler.delay(strategy));
    EffectiveTime lull = time.minus(Scheduler.delay(strategy.ofTrigger()));
    return heldCount()
        + selects.countNearBelow(Forms.timeKey(prefix(0), trigger))
        + touches.countNearBelow(Forms.timeKey(prefix(1), trigger))
        + lulls.countNearBelow(Forms.timeKey(prefix(9), lull))
        + sweeps.countNearBelow(Forms.timeKey(prefix(6), trigger))
        + plans.countNearBelow(Forms.timeKey(prefix(3), time))
        + healings.countNearBelow(Forms.timeKey(prefix(4), time));
  }

  /** What is held was due when it was taken. */
  private long heldCount() {
    return Stream.of(selects, touches, lulls, sweeps, plans, healings)
        .mapToLong(Lane::heldCount)
        .sum();
  }

  /** How many writes the next checkpoint needs. */
  public int unsavedCount() {
    int count = 0;
    for (Lane<?> lane : all) {
      count += lane.unsavedCount();
    }
    return count;
  }

  public void stage(WriteBatch batch) {
    all.forEach(lane -> lane.stage(batch));
    counts.stage(
        batch,
        selects.size(),
        touches.size(),
        evaluations.size(),
        plans.size(),
        healings.size(),
        plansByTrigger.map(Lane::size).orElse(0L),
        sweeps.size(),
        discoveries.size(),
        0,
        lulls.size());
  }

  public void saved() {
    all.forEach(Lane::saved);
  }
}
