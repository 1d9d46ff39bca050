package dev.overseer.runner.judging;

import dev.overseer.checks.Outcome;
import dev.overseer.checks.Outcome.Reason;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.views.UnknownValue;
import dev.overseer.views.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * One judgement in a thousand of a check that does not call out is made twice, the second time with
 * the members of every list in another order. A check that says something else then has inputs that
 * nobody sees: it looks at a clock, at what is kept between its calls, or at an order that means
 * nothing. Which judgements these are is a matter of root and cut, so they are the same in every
 * run.
 */
final class SecondLook {
  private static final int ONE_IN = 1000;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private SecondLook() {}

  static boolean isDue(RecordKey root, EffectiveTime cut) {
    return Long.remainderUnsigned(hash(root, cut), ONE_IN) == 0;
  }

  private static long hash(RecordKey root, EffectiveTime cut) {
    long mixed = (root.values().hashCode() * FACTOR ^ cut.micros()) * FACTOR;
    return mixed ^ mixed >>> Integer.SIZE;
  }

  /** The same view, the members of every list in another order. */
  static View reordered(View view) {
    Map<String, List<View.Member>> members = new TreeMap<>();
    view.members().forEach((alias, some) -> members.put(alias, reordered(some)));
    return new View(view.definition(), view.asOf(), view.root(), members, view.totals());
  }

  private static List<View.Member> reordered(List<View.Member> members) {
    List<View.Member> other = new ArrayList<>(members.reversed());
    if (other.size() > 2) {
      Collections.rotate(other, 1);
    }
    return List.copyOf(other);
  }

  /** Makes both judgements; what the first throws is thrown. */
  static Callable<Outcome> of(Callable<Outcome> first, Callable<Outcome> second) {
    return () -> {
      Outcome one = first.call();
      Outcome other = told(second);
      return one == null || isAlike(one, other) ? one : differing(one, other);
    };
  }

  private static Outcome told(Callable<Outcome> call) {
    try {
      return call.call();
    } catch (UnknownValue unknown) {
      return Outcome.inconclusive(String.valueOf(unknown.getMessage()));
    } catch (Exception thrown) {
      return new Outcome.Errored(ErrorText.of(thrown));
    }
  }

  /** The words of a reason may name members in their order; its code may not. */
  private static boolean isAlike(Outcome one, Outcome other) {
    return other != null && one.getClass() == other.getClass() && codes(one).equals(codes(other));
  }

  private static Set<String> codes(Outcome outcome) {
    return outcome instanceof Outcome.Failed(List<Reason> reasons)
        ? reasons.stream().map(Reason::code).collect(Collectors.toSet())
        : Set.of();
  }

  private static Outcome differing(Outcome one, Outcome other) {
    return new Outcome.Errored(
        ("Judged twice, the second time with its members in another order, the check said %s and"
                + " then %s: it depends on something beside the view and its time")
            .formatted(one, other));
  }
}
