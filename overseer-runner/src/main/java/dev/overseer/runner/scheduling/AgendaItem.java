package dev.overseer.runner.scheduling;

import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import java.util.Optional;

/**
 * Something to be done for one check once the frontier is past its time. Items of the same time are
 * taken in the order in which their kinds are declared here; so what a sweep has found is done
 * before it goes on.
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
   * @param triggers whether the check's selection accepts one of the record's updates at that time
   */
  record Select(EffectiveTime at, String alias, RecordKey record, boolean triggers, Waiting waiting)
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
          one.triggers || other.triggers,
          Waiting.merge(one.waiting, other.waiting));
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
   * A table was emptied: what there was under an alias was updated, and is to be found.
   *
   * @param after what was found last, in no order that means anything; empty at the beginning
   */
  record Sweep(
      EffectiveTime at, String alias, Optional<RecordKey> after, boolean triggers, Waiting waiting)
      implements AgendaItem {
    @Override
    public EffectiveTime trigger() {
      return at;
    }

    public Sweep goneTo(RecordKey last) {
      return new Sweep(at, alias, Optional.of(last), triggers, waiting);
    }

    static Sweep merge(Sweep one, Sweep other) {
      return new Sweep(
          one.at,
          one.alias,
          one.after,
          one.triggers || other.triggers,
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
