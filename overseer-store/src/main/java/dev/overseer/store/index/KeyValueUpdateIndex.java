package dev.overseer.store.index;

import dev.overseer.model.AsOf;
import dev.overseer.model.Definitions;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.MasterDocument;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import dev.overseer.store.keyvalue.Cursor;
import dev.overseer.store.keyvalue.KeyRange;
import dev.overseer.store.keyvalue.OrderedStore;
import dev.overseer.store.keyvalue.PrefixLookup;
import dev.overseer.store.keyvalue.Space;
import dev.overseer.store.keyvalue.WriteBatch;
import dev.overseer.store.log.ByteWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The index in an {@link OrderedStore}. One put for an update, its references in it, and one for
 * each reference the other way round; a reference that was written lately is not written again with
 * the record's next update. What every read needs, the progress of the sources and the truncations,
 * which are rare, is kept in memory as well.
 */
public final class KeyValueUpdateIndex implements UpdateIndex {
  private static final Space UPDATES = new Space("updates", RecordBytes.GROUP_BYTES);
  private static final Space REFERRERS = new Space("referrers", RecordBytes.GROUP_BYTES);
  private static final Space TRUNCATIONS = new Space("truncations");
  private static final Space STATE = new Space("state");

  /** The spaces that the store must have. */
  public static final List<Space> SPACES =
      List.of(UPDATES, REFERRERS, TRUNCATIONS, KeyValueTotals.SPACE, STATE);

  private static final byte[] IDENTITY = key("identity");
  private static final byte[] CONSUMED = key("consumed");
  private static final byte[] PROGRESS = key("progress/");
  private static final byte[] NOTHING = {};

  /** An update takes 25 bytes there, and a reference some 150. */
  private static final RecordCache.Bounds RECENT_UPDATES =
      new RecordCache.Bounds(100_000, 1_000_000, 200_000);

  private static final RecordCache.Bounds RECENT_REFERENCES =
      new RecordCache.Bounds(100_000, 200_000, 20_000);

  private final OrderedStore store;
  private final Definitions definitions;
  private final IndexKeys keys;
  private final RecentReferrers recentReferrers = new RecentReferrers();
  private final RecordCache<UpdateList> recentUpdates = new RecordCache<>(RECENT_UPDATES);
  private final RecordCache<InboundList> recentInbound = new RecordCache<>(RECENT_REFERENCES);
  private final Truncations truncations = new Truncations();
  private final Disownings disownings = new Disownings();
  private final KeyValueTotals totals;
  private volatile LogOffset consumed;
  private volatile Map<SourceName, SourceProgress> progress;

  private KeyValueUpdateIndex(OrderedStore store, Definitions definitions) {
    this.store = store;
    this.definitions = definitions;
    this.keys = new IndexKeys(definitions);
    this.consumed =
        store
            .find(STATE, CONSUMED)
            .map(bytes -> new LogOffset(ByteBuffer.wrap(bytes).getLong()))
            .orElse(LogOffset.ZERO);
    this.progress = storedProgress();
    forEach(
        TRUNCATIONS,
        KeyRange.all(),
        Integer.MAX_VALUE,
        (key, value) ->
            truncations.add(IndexKeys.ownerOf(key), UpdateEntry.readUpdate(key, value)));
    forEach(
        STATE,
        Disownings.range(),
        Integer.MAX_VALUE,
        (_, value) -> disownings.add(Disownings.read(value)));
    this.totals = new KeyValueTotals(store, definitions, this::truncations, disownings);
  }

  /**
   * Opens the index in a store that is empty, or holds an index of this identity.
   *
   * @param identity of the log and the definitions that it is for
   */
  public static KeyValueUpdateIndex open(
      OrderedStore store, Definitions definitions, IndexIdentity identity) {
    if (store.find(STATE, IDENTITY).isEmpty()) {
      store.write(new WriteBatch().put(STATE, IDENTITY, identity.toBytes()));
    }
    return new KeyValueUpdateIndex(store, definitions);
  }

  /**
   * Why the index in the store cannot go on for this log and these definitions, or has lost what it
   * is of; nothing if it can. Otherwise it is to be deleted and made anew.
   *
   * @param end of the log: an index that has consumed more is ahead of what the log still has
   */
  static Optional<String> mismatch(OrderedStore store, IndexIdentity wanted, LogOffset end) {
    Optional<String> other =
        store
            .find(STATE, IDENTITY)
            .map(bytes -> IndexIdentity.read(bytes).differenceTo(wanted))
            .orElse(Optional.of("it does not say what it is of"));
    return other.or(
        () ->
            store
                .find(STATE, CONSUMED)
                .map(bytes -> ByteBuffer.wrap(bytes).getLong())
                .filter(consumed -> consumed > end.value())
                .map(
                    consumed ->
                        "it has consumed %d records, but the log has %s".formatted(consumed, end)));
  }

  @Override
  public LogOffset consumed() {
    return consumed;
  }

  @Override
  public Map<SourceName, SourceProgress> progress() {
    return progress;
  }

  @Override
  public List<IndexedUpdate> updates(RecordKey record, AsOf asOf) {
    Optional<UpdateList> recent = recentUpdates.get(record, this::readUpdates);
    return counting(
        record,
        asOf,
        recent.isPresent() ? recent.get() : readUpdates(record, asOf.cut(), Integer.MAX_VALUE));
  }

  private List<IndexedUpdate> counting(RecordKey record, AsOf asOf, List<IndexedUpdate> updates) {
    List<IndexedUpdate> known = SourceOrder.upTo(asOf, updates);
    return disownings.isEmpty()
        ? known
        : disownings.without(definitions.model(record.model()).source(), asOf, known);
  }

  @Override
  public List<IndexedUpdate> lastUpdates(RecordKey record, AsOf asOf, int max) {
    Optional<UpdateList> recent = recentUpdates.get(record, this::readUpdates);
    if (recent.isEmpty()) {
      return readLastUpdates(record, asOf, max);
    }
    List<IndexedUpdate> all = counting(record, asOf, recent.get());
    return all.subList(Math.max(0, all.size() - max), all.size());
  }

  private List<IndexedUpdate> readLastUpdates(RecordKey record, AsOf asOf, int max) {
    byte[] owner = keys.record(record);
    KeyRange upToCut =
        KeyRange.between(IndexKeys.beforeUpdates(owner), IndexKeys.afterUpdates(owner, asOf.cut()));
    List<IndexedUpdate> fromLast = new ArrayList<>();
    try (Cursor cursor = store.descending(UPDATES, upToCut)) {
      while (fromLast.size() < max && cursor.next()) {
        IndexedUpdate update = UpdateEntry.readUpdate(cursor.key(), cursor.value());
        fromLast.addAll(counting(record, asOf, List.of(update)));
      }
    }
    return List.copyOf(fromLast.reversed());
  }

  private Optional<UpdateList> readUpdates(RecordKey record, int max) {
    List<IndexedUpdate> updates = readUpdates(record, EffectiveTime.MAX, max + 1);
    return updates.size() > max ? Optional.empty() : Optional.of(UpdateList.of(updates));
  }

  private List<IndexedUpdate> readUpdates(RecordKey record, EffectiveTime cut, int limit) {
    byte[] owner = keys.record(record);
    List<IndexedUpdate> updates = new ArrayList<>();
    forEach(
        UPDATES,
        KeyRange.between(IndexKeys.beforeUpdates(owner), IndexKeys.afterUpdates(owner, cut)),
        limit,
        (key, value) -> updates.add(UpdateEntry.readUpdate(key, value)));
    return updates;
  }

  @Override
  public List<IndexedUpdate> truncations(SourceName source, TableName table, AsOf asOf) {
    if (truncations.isEmpty()) {
      return List.of();
    }
    List<IndexedUpdate> known = truncations.of(keys.table(source, table), asOf);
    return disownings.isEmpty() ? known : disownings.without(source, asOf, known);
  }

  @Override
  public Totals totals() {
    return totals;
  }

  @Override
  public MasterDocument masterDocument(RecordKey record) {
    byte[] owner = keys.record(record);
    Set<Reference> outbound = new LinkedHashSet<>();
    forEach(
        UPDATES,
        KeyRange.prefix(owner),
        Integer.MAX_VALUE,
        (key, value) ->
            outbound.addAll(UpdateEntry.readReferences(key, value, record.model(), keys)));
    return new MasterDocument(record, List.copyOf(outbound), referrers(record));
  }

  @Override
  public List<MasterDocument.Inbound> referrers(RecordKey record) {
    Optional<InboundList> recent = recentInbound.get(record, this::readReferrers);
    return recent.isPresent() ? recent.get() : scanReferrers(record, Integer.MAX_VALUE);
  }

  private Optional<InboundList> readReferrers(RecordKey record, int max) {
    List<MasterDocument.Inbound> inbound = scanReferrers(record, max + 1);
    return inbound.size() > max ? Optional.empty() : Optional.of(InboundList.of(inbound));
  }

  private List<MasterDocument.Inbound> scanReferrers(RecordKey record, int limit) {
    byte[] owner = keys.record(record);
    List<MasterDocument.Inbound> inbound = new ArrayList<>();
    forEach(
        REFERRERS,
        KeyRange.prefix(owner),
        limit,
        (key, _) -> inbound.add(keys.readReferrer(key, owner.length)));
    return inbound;
  }

  @Override
  public RecordPage records(Set<ModelName> models, Optional<RecordKey> after, int entriesMax) {
    KeyRange range =
        after
            .map(
                last -> KeyRange.from(IndexKeys.afterUpdates(keys.record(last), EffectiveTime.MAX)))
            .orElse(KeyRange.all());
    List<RecordKey> records = new ArrayList<>();
    BitSet wanted = keys.numbers(models);
    byte[] owner = NOTHING;
    try (Cursor cursor = store.ascending(UPDATES, range)) {
      for (int left = entriesMax; left > 0; left--) {
        if (!cursor.next()) {
          return new RecordPage(records, Optional.empty());
        }
        byte[] found = IndexKeys.ownerOf(cursor.key());
        if (!Arrays.equals(found, owner)) {
          owner = found;
          if (wanted.get(IndexKeys.modelOf(owner))) {
            records.add(keys.readRecord(owner));
          }
        }
      }
    }
    return new RecordPage(records, Optional.of(keys.readRecord(owner)));
  }

  @Override
  public Optional<LogOffset> milestone(SourceName source, LogOffset from) {
    List<LogOffset> first = new ArrayList<>();
    forEach(
        STATE,
        Milestones.from(source, Milestones.stretch(from)),
        1,
        (_, value) -> first.add(Milestones.read(value)));
    return first.stream().findFirst();
  }

  @Override
  public List<LogOffset> eras(SourceName source) {
    List<LogOffset> eras = new ArrayList<>();
    forEach(STATE, Eras.range(source), Integer.MAX_VALUE, (key, _) -> eras.add(Eras.read(key)));
    return eras;
  }

  @Override
  public void write(List<IndexEntry> entries, List<SourceProgress> moved, LogOffset to) {
    WriteBatch batch = new WriteBatch();
    KeyValueTotals.Writing writing = totals.new Writing(batch);
    entries.forEach(entry -> put(batch, writing, entry));
    Map<SourceName, SourceProgress> now = new TreeMap<>(progress);
    for (SourceProgress source : moved) {
      now.put(source.source(), source);
      batch.put(STATE, progressKey(source.source()), ProgressCodec.write(source));
    }
    batch.put(STATE, CONSUMED, ByteBuffer.allocate(Long.BYTES).putLong(to.value()).array());
    writeAndRemember(batch, entries);
    progress = Map.copyOf(now);
    consumed = to;
  }

  /** Readers see what is in the store; what is in memory follows before they are told of it. */
  private void writeAndRemember(WriteBatch batch, List<IndexEntry> entries) {
    List<RecordKey> records = new ArrayList<>(entries.size());
    List<RecordKey> targets = new ArrayList<>(entries.size());
    for (IndexEntry entry : entries) {
      if (entry instanceof IndexEntry.OfRecord ofRecord) {
        records.add(ofRecord.record());
        ofRecord.references().forEach(reference -> targets.add(reference.target()));
      }
    }
    Set<RecordKey> firstUpdated = unknown(records, recentUpdates, UPDATES);
    Set<RecordKey> firstReferred = unknown(targets, recentInbound, REFERRERS);
    int[] updatesWritten = recentUpdates.beginWrite(records);
    int[] inboundWritten = recentInbound.beginWrite(targets);
    try {
      store.write(batch);
      firstUpdated.forEach(record -> recentUpdates.addEmpty(record, UpdateList.of(List.of())));
      firstReferred.forEach(record -> recentInbound.addEmpty(record, InboundList.of(List.of())));
      entries.forEach(this::remember);
    } catch (RuntimeException e) {
      recentReferrers.clear();
      recentUpdates.clear();
      recentInbound.clear();
      throw e;
    } finally {
      recentUpdates.endWrite(updatesWritten);
      recentInbound.endWrite(inboundWritten);
    }
  }

  /**
   * Those of which the store has nothing yet. Nobody has to look for what is remembered of them
   * from now on; most records that are judged have just come to be.
   */
  private Set<RecordKey> unknown(List<RecordKey> records, RecordCache<?> remembered, Space space) {
    Set<RecordKey> unknown = new HashSet<>();
    try (PrefixLookup lookup = store.lookup(space)) {
      for (RecordKey record : records) {
        if (remembered.isAskedFor(record.model())
            && !remembered.has(record)
            && !unknown.contains(record)
            && !lookup.finds(keys.record(record))) {
          unknown.add(record);
        }
      }
    }
    return unknown;
  }

  private void remember(IndexEntry entry) {
    switch (entry) {
      case IndexEntry.OfSource(Disowning disowning) -> disownings.add(disowning);
      case IndexEntry.OfTable(SourceName source, TableName table, IndexedUpdate update) ->
          truncations.add(keys.table(source, table), update);
      case IndexEntry.OfRecord ofRecord -> remember(ofRecord);
      case IndexEntry.OfEra _, IndexEntry.OfMilestone _ -> {}
      case IndexEntry.OfTotal _, IndexEntry.OfSeeker _ -> {}
    }
  }

  private void remember(IndexEntry.OfRecord entry) {
    RecordKey record = entry.record();
    LogOffset change = entry.update().change();
    if (recentUpdates.isAskedFor(record.model())) {
      recentUpdates.add(
          record,
          kept -> kept.isEmpty() || kept.getLast().change().compareTo(change) < 0,
          kept -> kept.with(entry.update()));
    }
    for (Reference reference : entry.references()) {
      if (recentInbound.isAskedFor(reference.target().model())) {
        MasterDocument.Inbound inbound = new MasterDocument.Inbound(reference.name(), record);
        recentInbound.add(
            reference.target(), kept -> kept.isNew(inbound), kept -> kept.with(inbound));
      }
    }
  }

  /** Makes all that was written durable, so that none of it has to be made again. */
  public void flush() {
    store.flush();
  }

  @Override
  public void close() {
    store.close();
  }

  private void put(WriteBatch batch, KeyValueTotals.Writing writing, IndexEntry entry) {
    switch (entry) {
      case IndexEntry.OfRecord ofRecord -> put(batch, ofRecord);
      case IndexEntry.OfTotal ofTotal -> writing.put(ofTotal);
      case IndexEntry.OfSeeker ofSeeker -> writing.put(ofSeeker);
      case IndexEntry.OfSource(Disowning disowning) ->
          batch.put(STATE, Disownings.key(disowning), Disownings.value(disowning));
      case IndexEntry.OfEra(SourceName source, LogOffset begins) ->
          batch.put(STATE, Eras.key(source, begins), NOTHING);
      case IndexEntry.OfMilestone(SourceName source, LogOffset commit) ->
          batch.put(
              STATE, Milestones.key(source, Milestones.stretch(commit)), Milestones.value(commit));
      case IndexEntry.OfTable(SourceName source, TableName table, IndexedUpdate update) ->
          batch.put(
              TRUNCATIONS,
              IndexKeys.update(keys.table(source, table), update.effectiveTime(), update.change()),
              UpdateEntry.write(update));
    }
  }

  /** Its references go with it, but for those that were written with an earlier update. */
  private void put(WriteBatch batch, IndexEntry.OfRecord entry) {
    RecordKey record = entry.record();
    IndexedUpdate update = entry.update();
    byte[] owner = keys.record(record);
    ByteWriter value = UpdateEntry.begin(update);
    for (Reference reference : entry.references()) {
      int number = keys.numberOf(record.model(), reference.name());
      byte[] target = keys.record(reference.target());
      byte[] referrer = IndexKeys.referrer(target, number, owner);
      if (recentReferrers.add(referrer)) {
        batch.put(REFERRERS, referrer, NOTHING);
        UpdateEntry.add(value, number, target);
      }
    }
    byte[] key = IndexKeys.update(owner, update.effectiveTime(), update.change());
    batch.put(UPDATES, key, value.toBytes());
  }

  private Map<SourceName, SourceProgress> storedProgress() {
    Map<SourceName, SourceProgress> stored = new TreeMap<>();
    forEach(
        STATE,
        KeyRange.prefix(PROGRESS),
        Integer.MAX_VALUE,
        (_, value) -> {
          SourceProgress source = ProgressCodec.read(value);
          stored.put(source.source(), source);
        });
    return Map.copyOf(stored);
  }

  private static byte[] progressKey(SourceName source) {
    return key("progress/" + source);
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void forEach(Space space, KeyRange range, int limit, EntryReader reader) {
    try (Cursor cursor = store.ascending(space, range)) {
      for (int left = limit; left > 0 && cursor.next(); left--) {
        reader.read(cursor.key(), cursor.value());
      }
    }
  }

  @FunctionalInterface
  private interface EntryReader {
    void read(byte[] key, byte[] value);
  }
}
