package dev.overseer.runner.scheduling;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import java.util.Optional;

/**
 * Something to be done for one check once the frontier is past its time. Items of the same time are
 * taken in the order in which their kinds are declared here; so what a sweep has found is selected
 * before it goes on, and a root is touched when all that touches it is known.
 */
public sealed interface AgendaItem {

  /** It may be done when all of the view's sources are known beyond this. */
  EffectiveTime at();

  /** The update behind it. Until the item is done, the check has not covered this time. */
  EffectiveTime trigger();

  /** Since when, on Overseer's own clock, it waits, and whether it was answered meanwhile. */
  Waiting waiting();

  /**
   * Find the roots in whose view a record was updated.
   *
   * @param since where it is not certain that the record was updated: it was if it is not now as it
   *     was then
   * @param triggers whether the check's selection accepts one of the record's updates at that time
   */
  record Select(
      EffectiveTime at,
      String alias,
      RecordKey record,
      Optional<EffectiveTime> since,
      boolean triggers,
      Waiting waiting)
      implements AgendaItem {
    @Override
    public EffectiveTime trigger() {
      return at;
    }

    static Select merge(Select one, Select other) {
      return new Select(
          one.at,
          one.alias,
          one.record,
          one.since,
          one.triggers || other.triggers,
          Waiting.merge(one.waiting, other.waiting));
    }
  }

  /**
   * What is not under an alias as it was at an earlier time was updated, and is to be found: a
   * table was emptied, or read.
   *
   * @param since the earlier time; the beginning, where everything that is there counts
   * @param after what was found last, in no order that means anything; empty at the beginning
   */
  record Sweep(
      EffectiveTime at,
      String alias,
      EffectiveTime since,
      Optional<RecordKey> after,
      boolean triggers,
      Waiting waiting)
      implements AgendaItem {
    @Override
    public EffectiveTime trigger() {
      return at;
    }

    public Sweep goneTo(RecordKey last) {
      return new Sweep(at, alias, since, Optional.of(last), triggers, waiting);
    }

    public Select found(RecordKey record) {
      return new Select(at, alias, record, Optional.of(since), triggers, waiting);
    }

    static Sweep merge(Sweep one, Sweep other) {
      return new Sweep(
          one.at,
          one.alias,
          one.since,
          one.after,
          one.triggers || other.triggers,
          Waiting.merge(one.waiting, other.waiting));
    }
  }

  /**
   * A table of the view became known. If all of them are now, what was read and what nobody saw
   * change is swept, and every root of which something is remembered is touched.
   *
   * @param after the root that was touched last, in no order that means anything; empty at the
   *     beginning
   */
  record Discovery(EffectiveTime at, Optional<RecordKey> after, Waiting waiting)
      implements AgendaItem {
    @Override
    public EffectiveTime trigger() {
      return at;
    }

    public Discovery goneTo(RecordKey last) {
      return new Discovery(at, Optional.of(last), waiting);
    }

    static Discovery merge(Discovery one, Discovery other) {
      return new Discovery(one.at, one.after, Waiting.merge(one.waiting, other.waiting));
    }
  }

  /** The view of this root was updated: ask the strategy for cuts. */
  record Touch(EffectiveTime at, RecordKey root, boolean triggers, Waiting waiting)
      implements AgendaItem {
    @Override
    public EffectiveTime trigger() {
      return at;
    }

    static Touch merge(Touch one, Touch other) {
      return new Touch(
          one.at,
          one.root,
          one.triggers || other.triggers,
          Waiting.merge(one.waiting, other.waiting));
    }
  }

  /**
   * A burst of updates of this root may be over: if none came since {@code trigger}, or if it has
   * to be taken for over, that is the trigger that counts.
   *
   * @param counts whether it counts though others followed
   */
  record Lull(
      EffectiveTime at, RecordKey root, EffectiveTime trigger, boolean counts, Waiting waiting)
      implements AgendaItem {
    static Lull merge(Lull one, Lull other) {
      return new Lull(
          one.at,
          one.root,
          one.trigger,
          one.counts || other.counts,
          Waiting.merge(one.waiting, other.waiting));
    }
  }

  /** Judge the root at the cut {@code at}, because of {@code trigger}. */
  record Judge(EffectiveTime at, RecordKey root, EffectiveTime trigger, Why why, Waiting waiting)
      implements AgendaItem {
    static Judge merge(Judge one, Judge other) {
      return new Judge(
          one.at, one.root, one.trigger, one.why, Waiting.merge(one.waiting, other.waiting));
    }
  }

  /** What the judgement is for. */
  enum Why {
    /** A window is open and the view was updated: a pass closes it, nothing else is recorded. */
    EVALUATION,
    /** A cut of the check's strategy; for a window, its end. */
    PLAN,
    /** The root fails: it is looked at again soon after every update. */
    HEALING
  }

  /**
   * @param sinceMillis when the update arrived, on Overseer's own clock, since the epoch
   * @param answered whether a provisional verdict was given for it
   */
  record Waiting(long sinceMillis, boolean answered) {
    static Waiting merge(Waiting one, Waiting other) {
      return new Waiting(
          Math.min(one.sinceMillis, other.sinceMillis), one.answered && other.answered);
    }
  }
}
