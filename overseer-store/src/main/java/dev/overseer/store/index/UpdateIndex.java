package dev.overseer.store.index;

import dev.overseer.model.AsOf;
import dev.overseer.model.LogOffset;
import dev.overseer.model.MasterDocument;
import dev.overseer.model.ModelName;
import dev.overseer.model.RecordKey;
import dev.overseer.model.SourceName;
import dev.overseer.model.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds updates by record, and records by reference. Holds no values: an entry says where in the
 * log the update is. Written by one thread, read by many; a read sees whole writes only.
 */
public interface UpdateIndex extends IndexTarget, AutoCloseable {

  /** The record's updates in source order, up to {@code asOf}. */
  List<IndexedUpdate> updates(RecordKey record, AsOf asOf);

  /**
   * The last of {@link #updates}, in source order: all of them if they are fewer than {@code max}.
   * Takes the same time however many there are before.
   */
  List<IndexedUpdate> lastUpdates(RecordKey record, AsOf asOf, int max);

  /** The truncations of a table in source order, up to {@code asOf}. */
  List<IndexedUpdate> truncations(SourceName source, TableName table, AsOf asOf);

  /** The inbound part of {@link #masterDocument}, which alone is read for a view. */
  List<MasterDocument.Inbound> referrers(RecordKey record);

  /** The references ever seen in updates of, or to, the record. */
  MasterDocument masterDocument(RecordKey record);

  /**
   * Records of the models that have updates of their own, in an order of the index's: those after
   * {@code after}, each once. What is written meanwhile may be among them or not.
   *
   * @param entriesMax how much of the index is read for it, at most
   */
  RecordPage records(Set<ModelName> models, Optional<RecordKey> after, int entriesMax);

  /**
   * A commit of the source: the last one in its stretch of the log, where the stretch is the first
   * one that has any, from that of {@code from} on.
   */
  Optional<LogOffset> milestone(SourceName source, LogOffset from);

  /**
   * Where in the log, in order, another incarnation of the source began: a {@link
   * dev.overseer.model.LogRecord.SourceOpened} or a {@link dev.overseer.model.LogRecord.Forked}.
   */
  List<LogOffset> eras(SourceName source);

  /** The totals of the views that the index was made for. */
  Totals totals();

  @Override
  void close();
}
