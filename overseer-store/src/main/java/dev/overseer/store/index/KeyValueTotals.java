package dev.overseer.store.index;

import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.store.keyvalue.Cursor;
import dev.overseer.store.keyvalue.KeyRange;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.keyvalue.Space;
import dev.overseer.store.keyvalue.WriteBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Totals as entries that each say what a part of a bucket comes to after one update, so that a
 * reading is the last of them before a point, and nothing is added up.
 *
 * <p>All members of a total are of one table, so of one source, whose order is that of the log: as
 * of any cut and any offset the updates that count are the first ones of that order, but for
 * truncations, before which nothing counts, and for what a fork disowned, which is stepped over.
 * Neither writes anything here.
 */
final class KeyValueTotals implements Totals {
  static final Space SPACE = new Space("totals", RecordBytes.GROUP_BYTES);

  private static final byte[] NOTHING = {};

  private final OrderedStore store;
  private final Definitions definitions;
  private final TotalKeys keys;
  private final TruncationReading truncations;
  private final Disownings disownings;

  /** The truncations of a table in source order, up to {@code asOf}. */
  @FunctionalInterface
  interface TruncationReading {
    List<IndexedUpdate> of(SourceName source, TableName table, AsOf asOf);
  }

  KeyValueTotals(
      OrderedStore store,
      Definitions definitions,
      TruncationReading truncations,
      Disownings disownings) {
    this.store = store;
    this.definitions = definitions;
    this.keys = new TotalKeys(definitions);
    this.truncations = truncations;
    this.disownings = disownings;
  }

  @Override
  public SortedMap<String, RunningTotal> read(Bucket bucket, AsOf asOf) {
    byte[] owner = keys.bucket(bucket);
    SortedMap<String, RunningTotal> parts = new TreeMap<>();
    for (String part : parts(owner)) {
      Part of = new Part(bucket, TotalKeys.entries(owner, part));
      find(of, asOf)
          .map(TotalEntry::total)
          .filter(total -> !total.isNothing())
          .ifPresent(total -> parts.put(part, total));
    }
    return parts;
  }

  @Override
  public List<TotalledUpdate> lastUpdates(Bucket bucket, AsOf asOf, int max) {
    byte[] owner = keys.bucket(bucket);
    List<TotalledUpdate> updates = new ArrayList<>();
    for (String part : parts(owner)) {
      Part of = new Part(bucket, TotalKeys.entries(owner, part));
      find(of, asOf).ifPresent(last -> addBackwards(of, last, asOf, max, updates));
    }
    updates.sort(Comparator.comparing(it -> it.update().change()));
    return List.copyOf(updates.subList(Math.max(0, updates.size() - max), updates.size()));
  }

  private void addBackwards(
      Part part, TotalEntry last, AsOf asOf, int max, List<TotalledUpdate> updates) {
    KeyRange range = upTo(part, Position.after(last.update()));
    try (Cursor cursor = store.descending(SPACE, range)) {
      for (int left = max; left > 0 && cursor.next(); left--) {
        TotalEntry entry = read(part, cursor);
        if (isVoid(part, entry, asOf, LogOffset.MAX)) {
          return;
        }
        if (hiding(part, entry, asOf).isEmpty()) {
          updates.add(new TotalledUpdate(entry.record(), entry.update()));
        }
      }
    }
  }

  @Override
  public List<RecordKey> seekers(Bucket bucket) {
    byte[] owner = keys.bucket(bucket);
    List<RecordKey> seekers = new ArrayList<>();
    try (Cursor cursor = store.ascending(SPACE, KeyRange.prefix(TotalKeys.seekers(owner)))) {
      while (cursor.next()) {
        seekers.add(TotalKeys.readSeeker(bucket, owner, cursor.key()));
      }
    }
    return seekers;
  }

  private List<String> parts(byte[] bucket) {
    List<String> parts = new ArrayList<>();
    try (Cursor cursor = store.ascending(SPACE, KeyRange.prefix(TotalKeys.parts(bucket)))) {
      while (cursor.next()) {
        parts.add(TotalKeys.readPart(bucket, cursor.key()));
      }
    }
    return parts;
  }

  /** The entries of one part of a bucket. */
  private record Part(Bucket bucket, byte[] entries) {}

  /** One write of entries, in the order of each source. For one batch. */
  final class Writing {
    private final WriteBatch batch;
    private final Map<byte[], List<TotalEntry>> written = new TreeMap<>(Arrays::compare);

    Writing(WriteBatch batch) {
      this.batch = batch;
    }

    void put(IndexEntry.OfSeeker seeker) {
      byte[] owner = keys.bucket(seeker.bucket());
      batch.put(SPACE, TotalKeys.seeker(owner, seeker.root()), NOTHING);
    }

    /** On what was written before, be it of this same update: both keys of a row, say. */
    void put(IndexEntry.OfTotal change) {
      byte[] owner = keys.bucket(change.bucket());
      Part part = new Part(change.bucket(), TotalKeys.entries(owner, change.part()));
      IndexedUpdate update = change.update();
      RunningTotal before = before(part, update).map(TotalEntry::total).orElse(RunningTotal.ZERO);
      TotalEntry entry = new TotalEntry(change.record(), update, before.after(change));
      batch.put(SPACE, TotalKeys.part(owner, change.part()), NOTHING);
      batch.put(
          SPACE,
          IndexKeys.update(part.entries(), update.effectiveTime(), update.change()),
          entry.toBytes());
      written.computeIfAbsent(part.entries(), _ -> new ArrayList<>()).add(entry);
    }

    private Optional<TotalEntry> before(Part part, IndexedUpdate update) {
      AsOf asOf = new AsOf(update.effectiveTime(), update.commit().next());
      return written.getOrDefault(part.entries(), List.of()).reversed().stream()
          .filter(entry -> hiding(part, entry, asOf).isEmpty())
          .findFirst()
          .or(() -> stored(part, Position.at(update), asOf))
          .filter(entry -> !isVoid(part, entry, asOf, update.change()));
    }
  }

  private Optional<TotalEntry> stored(Part part, Position before, AsOf asOf) {
    return last(part, before).flatMap(entry -> counting(part, entry, asOf));
  }

  private Optional<TotalEntry> find(Part part, AsOf asOf) {
    return lastKnown(part, asOf)
        .flatMap(entry -> counting(part, entry, asOf))
        .filter(entry -> !isVoid(part, entry, asOf, LogOffset.MAX));
  }

  /** The entry, or, where it was disowned, the last one before all that were with it. */
  private Optional<TotalEntry> counting(Part part, TotalEntry entry, AsOf asOf) {
    Optional<TotalEntry> found = Optional.of(entry);
    while (found.isPresent()) {
      Optional<Disowning> hiding = hiding(part, found.get(), asOf);
      if (hiding.isEmpty()) {
        return found;
      }
      found = lastKnown(part, new AsOf(asOf.cut(), hiding.get().first()));
    }
    return found;
  }

  private Optional<Disowning> hiding(Part part, TotalEntry entry, AsOf asOf) {
    return disownings.isEmpty()
        ? Optional.empty()
        : disownings.hiding(modelOf(part).source(), asOf, entry.update());
  }

  /** Whether the table was emptied after the entry, and before {@code change}. */
  private boolean isVoid(Part part, TotalEntry entry, AsOf asOf, LogOffset change) {
    ModelDefinition model = modelOf(part);
    LogOffset own = entry.update().change();
    return truncations.of(model.source(), model.table(), asOf).stream()
        .map(IndexedUpdate::change)
        .anyMatch(it -> it.compareTo(own) > 0 && it.compareTo(change) < 0);
  }

  private ModelDefinition modelOf(Part part) {
    return definitions.model(part.bucket().total().model());
  }

  /**
   * The last entry up to the cut that was known. Mostly all of them were; if not, it is halved
   * between the first and the last, since what comes later in the one order does in the other.
   */
  private Optional<TotalEntry> lastKnown(Part part, AsOf asOf) {
    Optional<TotalEntry> last = last(part, Position.after(asOf.cut()));
    if (last.isEmpty() || isKnown(last.get(), asOf)) {
      return last;
    }
    Optional<TotalEntry> best = first(part).filter(entry -> isKnown(entry, asOf));
    if (best.isEmpty()) {
      return best;
    }
    Position known = Position.after(best.get().update());
    Position unknown = Position.after(last.get().update());
    while (known.isFarFrom(unknown)) {
      Position middle = known.middleTo(unknown);
      TotalEntry found = last(part, middle).orElseThrow();
      if (isKnown(found, asOf)) {
        best = Optional.of(found);
        known = middle;
      } else {
        unknown = Position.after(found.update());
      }
    }
    return best;
  }

  private static boolean isKnown(TotalEntry entry, AsOf asOf) {
    return entry.update().commit().compareTo(asOf.knownAt()) < 0;
  }

  /** The last entry before a place. */
  private Optional<TotalEntry> last(Part part, Position before) {
    try (Cursor cursor = store.descending(SPACE, upTo(part, before))) {
      return cursor.next() ? Optional.of(read(part, cursor)) : Optional.empty();
    }
  }

  private Optional<TotalEntry> first(Part part) {
    KeyRange range = upTo(part, Position.after(EffectiveTime.MAX));
    try (Cursor cursor = store.ascending(SPACE, range)) {
      return cursor.next() ? Optional.of(read(part, cursor)) : Optional.empty();
    }
  }

  private static KeyRange upTo(Part part, Position before) {
    return KeyRange.between(
        IndexKeys.beforeUpdates(part.entries()), before.keyAmong(part.entries()));
  }

  private static TotalEntry read(Part part, Cursor cursor) {
    return TotalEntry.read(cursor.key(), cursor.value(), part.bucket().total().model());
  }
}
