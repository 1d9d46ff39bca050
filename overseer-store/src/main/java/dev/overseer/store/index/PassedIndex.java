package dev.overseer.store.index;

import dev.overseer.model.AsOf;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.LogOffset;
import dev.overseer.model.MasterDocument;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An index through whose log a reader is passing: it knows what comes before the reader's position
 * and no more. What the reader passed of a record is kept in memory, with what the stored index had
 * of it before; so a record is looked up on disk once at most, and never, where the reader began at
 * the log's beginning. What it answers, the stored index would answer as of that position. Belongs
 * to one thread.
 *
 * <p>Of sources that have forked it keeps nothing, and asks the stored index.
 */
public final class PassedIndex implements UpdateIndex {
  /** A record with more updates is not kept. */
  private static final int LIST_MAX = 4096;

  private static final int SHORT = 8;

  private static final int REMEMBERED_FORGOTTEN_BITS = 1 << 26;

  private final UpdateIndex stored;
  private final boolean keeps;
  private final KeptRecords<Passed> kept;
  private LogOffset position;

  /** What is known of one record; changed in place. */
  private static final class Passed {
    /** Null where it is too long to be kept. */
    @Nullable UpdateList updates;

    /** Mostly one or two; from {@link #SHORT} on a list that finds what it has. */
    List<MasterDocument.Inbound> inbound = List.of();

    /** Whether the stored index has nothing to add. */
    boolean isWhole;

    int weight() {
      return 1 + (updates == null ? 0 : updates.size()) + 4 * inbound.size();
    }
  }

  /**
   * @param from where the reader begins
   * @param keeps false: every question goes to the stored index
   * @param weightMax of updates and references that are kept
   */
  public PassedIndex(UpdateIndex stored, LogOffset from, boolean keeps, int weightMax) {
    this.stored = stored;
    this.position = from;
    this.keeps = keeps;
    this.kept =
        new KeptRecords<>(
            Passed::weight, weightMax, from.equals(LogOffset.ZERO) ? REMEMBERED_FORGOTTEN_BITS : 0);
  }

  /** The reader passed an update of the record, after all others of it that it passed. */
  public void pass(RecordKey record, IndexedUpdate update, List<Reference> references) {
    if (!keeps) {
      return;
    }
    Passed passed = passed(record);
    UpdateList updates = passed.updates;
    if (updates != null && isNew(update, updates)) {
      passed.updates = updates.size() < LIST_MAX ? updates.with(update) : null;
      kept.grew(1);
    }
    for (Reference reference : references) {
      addInbound(reference, record);
    }
  }

  /** Not so where it was looked up in the midst of a large transaction. */
  private static boolean isNew(IndexedUpdate update, UpdateList updates) {
    return updates.isEmpty() || updates.getLast().change().compareTo(update.change()) < 0;
  }

  private void addInbound(Reference reference, RecordKey referrer) {
    Passed target = passed(reference.target());
    MasterDocument.Inbound added = new MasterDocument.Inbound(reference.name(), referrer);
    List<MasterDocument.Inbound> more = with(target.inbound, added);
    if (more.size() > target.inbound.size()) {
      target.inbound = more;
      kept.grew(4);
    }
  }

  private static List<MasterDocument.Inbound> with(
      List<MasterDocument.Inbound> inbound, MasterDocument.Inbound added) {
    if (inbound instanceof InboundList list) {
      return list.isNew(added) ? list.with(added) : list;
    } else if (inbound.contains(added)) {
      return inbound;
    }
    List<MasterDocument.Inbound> more = new ArrayList<>(inbound.size() + 1);
    more.addAll(inbound);
    more.add(added);
    return more.size() < SHORT ? more : InboundList.of(more);
  }

  private Passed passed(RecordKey record) {
    Passed passed = kept.find(record);
    if (passed == null) {
      passed = new Passed();
      passed.updates = UpdateList.of(List.of());
      passed.isWhole = kept.isNew(record);
      kept.put(record, passed);
    }
    return passed;
  }

  /** The record has an update that was not passed here: it is to be looked up. */
  public void forget(RecordKey record) {
    kept.forget(record);
  }

  /** Everything of the log before {@code position} was passed. */
  public void passed(LogOffset position) {
    this.position = position;
  }

  /** What is kept of the record; null where the stored index is to be asked. */
  private @Nullable Passed whole(RecordKey record) {
    if (!keeps) {
      return null;
    }
    Passed passed = passed(record);
    if (!passed.isWhole) {
      load(record, passed);
    }
    return passed;
  }

  private void load(RecordKey record, Passed passed) {
    AsOf known = new AsOf(EffectiveTime.MAX, position);
    List<IndexedUpdate> last = stored.lastUpdates(record, known, LIST_MAX + 1);
    passed.updates = last.size() > LIST_MAX ? null : UpdateList.of(last);
    passed.inbound = InboundList.of(stored.referrers(record));
    passed.isWhole = true;
    kept.grew(passed.weight());
  }

  @Override
  public List<IndexedUpdate> updates(RecordKey record, AsOf asOf) {
    Passed passed = whole(record);
    return passed == null || passed.updates == null
        ? stored.updates(record, known(asOf))
        : SourceOrder.upTo(known(asOf), passed.updates);
  }

  @Override
  public List<IndexedUpdate> lastUpdates(RecordKey record, AsOf asOf, int max) {
    Passed passed = whole(record);
    if (passed == null || passed.updates == null) {
      return stored.lastUpdates(record, known(asOf), max);
    }
    List<IndexedUpdate> all = SourceOrder.upTo(known(asOf), passed.updates);
    return all.size() <= max ? all : all.subList(all.size() - max, all.size());
  }

  private AsOf known(AsOf asOf) {
    return asOf.knownAt().compareTo(position) < 0 ? asOf : new AsOf(asOf.cut(), position);
  }

  @Override
  public List<MasterDocument.Inbound> referrers(RecordKey record) {
    Passed passed = whole(record);
    if (passed == null) {
      return stored.referrers(record);
    }
    return passed.inbound;
  }

  @Override
  public LogOffset consumed() {
    return position;
  }

  @Override
  public Map<SourceName, SourceProgress> progress() {
    return stored.progress();
  }

  @Override
  public List<IndexedUpdate> truncations(SourceName source, TableName table, AsOf asOf) {
    return stored.truncations(source, table, known(asOf));
  }

  @Override
  public MasterDocument masterDocument(RecordKey record) {
    return stored.masterDocument(record);
  }

  @Override
  public RecordPage records(Set<ModelName> models, Optional<RecordKey> after, int entriesMax) {
    return stored.records(models, after, entriesMax);
  }

  @Override
  public Optional<LogOffset> milestone(SourceName source, LogOffset from) {
    return stored.milestone(source, from);
  }

  @Override
  public List<LogOffset> eras(SourceName source) {
    return stored.eras(source);
  }

  @Override
  public Totals totals() {
    return stored.totals();
  }

  @Override
  public void write(List<IndexEntry> entries, List<SourceProgress> progress, LogOffset consumed) {
    throw new UnsupportedOperationException(
        "Nothing is written to an index that is passed through");
  }

  /** The stored index is not ours to close. */
  @Override
  public void close() {}
}
