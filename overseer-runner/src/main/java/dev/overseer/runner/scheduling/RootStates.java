package dev.overseer.runner.scheduling;

import dev.overseer.checks.Outcome;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.RecordKey;
import dev.overseer.runner.scheduling.ItemBytes.Reader;
import dev.overseer.runner.scheduling.ItemBytes.Writer;
import dev.overseer.store.keyvalue.Cursor;
import dev.overseer.store.keyvalue.KeyRange;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.keyvalue.Space;
import dev.overseer.store.keyvalue.WriteBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One check's roots of which there is something to remember; of all others there is nothing to say.
 * In memory is what changed since the last checkpoint, and what came to be there last. Belongs to
 * one thread.
 */
public final class RootStates {
  public static final Space SPACE = new Space("roots");

  private final OrderedStore store;
  private final byte[] prefix;
  private final int cachedMax;
  private final Map<RecordKey, RootState> cached = new LinkedHashMap<>();
  private final List<RootState> changed = new ArrayList<>();
  private final StoredCounts counts;
  private long stored;
  private long storedOnly;
  private long failing;
  private long inconclusive;
  private long errored;
  private long waiting;

  /**
   * Some roots.
   *
   * @param last where to go on; empty when there are no more
   */
  public record RootPage(List<RecordKey> roots, Optional<RecordKey> last) {
    public RootPage {
      roots = List.copyOf(roots);
    }
  }

  /**
   * @param cachedMax how many roots stay in memory after a checkpoint
   */
  public RootStates(OrderedStore store, int course, int cachedMax) {
    this.store = store;
    this.cachedMax = cachedMax;
    this.prefix = Agenda.prefixOf(course);
    this.counts = new StoredCounts(store, SPACE, prefix);
    counts.atStart().ifPresentOrElse(this::take, this::count);
    this.storedOnly = stored;
  }

  private void take(long[] atStart) {
    stored = atStart[0];
    failing = atStart[1];
    inconclusive = atStart[2];
    errored = atStart[3];
    waiting = atStart[4];
  }

  private void count() {
    try (Cursor cursor = store.ascending(SPACE, allRoots())) {
      while (cursor.next() && isOwn(cursor.key())) {
        stored++;
        RootState state = RootState.of(rootOf(cursor.key()), cursor.value());
        count(state, 1);
        waiting += state.waitingCount();
      }
    }
  }

  /** From where the roots begin: the counts are before all of them. */
  private KeyRange allRoots() {
    return KeyRange.from(justAfter(prefix));
  }

  public long failing() {
    return failing;
  }

  public long inconclusive() {
    return inconclusive;
  }

  public long errored() {
    return errored;
  }

  /** Whether there is any root of which an update that triggers nothing matters. */
  public boolean anyWatched() {
    return failing > 0 || waiting > 0;
  }

  /** Null when there is nothing to remember. */
  public @Nullable RootState find(RecordKey root) {
    RootState known = cached.get(root);
    if (known != null || storedOnly == 0) {
      return known;
    }
    RootState stored =
        store.find(SPACE, key(root)).map(bytes -> RootState.of(root, bytes)).orElse(null);
    if (stored != null) {
      cached.put(root, stored);
      storedOnly--;
    }
    return stored;
  }

  public boolean isFailing(RecordKey root) {
    RootState state = find(root);
    return state != null && state.isFailing();
  }

  /** Whether the root's last complete verdict could not tell. */
  public boolean isInDoubt(RecordKey root) {
    RootState state = find(root);
    return state != null && state.doubt() == RootState.Doubt.INCONCLUSIVE;
  }

  /**
   * Some of the roots of which there is something to remember, in an order of the store's: those
   * after {@code after}. With the first of them come those that the store does not have yet, which
   * may come once more.
   */
  public RootPage remembered(Optional<RecordKey> after, int rootsMax) {
    List<RecordKey> roots = new ArrayList<>();
    if (after.isEmpty()) {
      changed.stream()
          .filter(state -> !state.isNothing())
          .forEach(state -> roots.add(state.root()));
    }
    KeyRange range =
        after.map(root -> KeyRange.from(justAfter(key(root)))).orElseGet(this::allRoots);
    RecordKey last = null;
    try (Cursor cursor = store.ascending(SPACE, range)) {
      for (int left = rootsMax; left > 0; left--) {
        if (!cursor.next() || !isOwn(cursor.key())) {
          return new RootPage(roots, Optional.empty());
        }
        last = rootOf(cursor.key());
        RootState known = cached.get(last);
        if (known == null || !known.isNothing()) {
          roots.add(last);
        }
      }
    }
    return new RootPage(roots, Optional.ofNullable(last));
  }

  private RecordKey rootOf(byte[] key) {
    return new Reader(key, prefix.length).record();
  }

  private static byte[] justAfter(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  private boolean isOwn(byte[] key) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** Whether a trigger of the root waits for a cut that lies ahead. */
  public boolean hasWaiting(RecordKey root) {
    RootState state = find(root);
    return state != null && state.hasWaiting();
  }

  /** The trigger of the root that waits for the earliest cut; only where there is one. */
  public EffectiveTime firstWaiting(RecordKey root) {
    return change(root).firstWaiting();
  }

  /**
   * The trigger waits for a cut from here on, if it does not already.
   *
   * @return the root, as the key by which its state is found the soonest
   */
  public RecordKey await(RecordKey root, EffectiveTime trigger) {
    RootState state = change(root);
    if (state.await(trigger)) {
      waiting++;
    }
    return state.root();
  }

  /** The earliest cut that a trigger of the root waits for was reached. */
  public EffectiveTime takeFirstWaiting(RecordKey root) {
    waiting--;
    return change(root).takeFirstWaiting();
  }

  /**
   * The root was triggered, where bursts of that are awaited to end.
   *
   * @return the last trigger of the burst before, if that lasted for longer than it may
   */
  public Optional<EffectiveTime> burst(RecordKey root, EffectiveTime trigger, Duration atMost) {
    return change(root).burst(trigger, atMost);
  }

  /** Whether a burst is open of which this is the last trigger. */
  public boolean isLastOfBurst(RecordKey root, EffectiveTime trigger) {
    RootState state = find(root);
    return state != null && state.isLastOfBurst(trigger);
  }

  /** The burst that is open is over. */
  public void endBurst(RecordKey root) {
    change(root).endBurst();
  }

  /** The root's view was updated, whether or not that triggers. */
  public void touched(RecordKey root) {
    RootState state = find(root);
    if (state != null && state.hasWaiting()) {
      change(root).unsettle();
    }
  }

  /**
   * Whether the root's view at {@code cut}, which comes next, is as the last judgement found it,
   * and that told something. Known only while triggers wait for cuts.
   *
   * @param since from when to the cut the passing of time alone changes nothing of a view
   */
  public boolean isSettledAt(RecordKey root, EffectiveTime cut, EffectiveTime since) {
    RootState state = find(root);
    return state != null && state.isSettledAt(cut, since);
  }

  /** The root has a complete verdict at a greater cut than all before. */
  public void tell(RecordKey root, EffectiveTime cut, Outcome outcome) {
    RootState known = find(root);
    if (known == null
        && (outcome instanceof Outcome.Passed || outcome instanceof Outcome.NotApplicable)) {
      return;
    }
    RootState state = change(root);
    count(state, -1);
    state.tell(cut, outcome);
    count(state, 1);
  }

  private RootState change(RecordKey root) {
    RootState state = find(root);
    if (state == null) {
      state = new RootState(root);
      cached.put(root, state);
    }
    if (!state.unsaved) {
      state.unsaved = true;
      changed.add(state);
    }
    return state;
  }

  private void count(RootState state, int sign) {
    failing += state.isFailing() ? sign : 0;
    switch (state.doubt()) {
      case NONE -> {}
      case INCONCLUSIVE -> inconclusive += sign;
      case ERRORED -> errored += sign;
    }
  }

  public int unsavedCount() {
    return changed.size();
  }

  public void stage(WriteBatch batch) {
    long storedThen = stored;
    for (RootState state : changed) {
      if (!state.isNothing()) {
        batch.put(SPACE, key(state.root()), state.toBytes());
        storedThen += state.stored ? 0 : 1;
      } else if (state.stored) {
        batch.delete(SPACE, key(state.root()));
        storedThen--;
      }
    }
    counts.stage(batch, storedThen, failing, inconclusive, errored, waiting);
  }

  /** What was staged is in the store. */
  public void saved() {
    for (RootState state : changed) {
      stored += (state.isNothing() ? 0 : 1) - (state.stored ? 1 : 0);
      state.stored = !state.isNothing();
      state.unsaved = false;
      if (!state.stored) {
        cached.remove(state.root());
      }
    }
    changed.clear();
    var eldest = cached.keySet().iterator();
    while (cached.size() > cachedMax) {
      eldest.next();
      eldest.remove();
      storedOnly++;
    }
  }

  private byte[] key(RecordKey root) {
    return new Writer().bytes(prefix).record(root).done();
  }
}
