package dev.overseer.views;

import dev.overseer.formats.Formats;
import dev.overseer.model.AsOf;
import dev.overseer.model.ChangeDecoder.Decoded;
import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.Definitions;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator.Role;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import dev.overseer.model.ReferenceName;
import dev.overseer.store.index.IndexedUpdate;
import dev.overseer.views.Folding.PlacedChange;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a record's updates said of its references and of its keys. A row that gets another key keeps
 * what it refers to, though the change of key need not say so: a large document is left out of it.
 * Safe for many threads.
 */
final class ReferenceHistory {
  private final Folding folding;
  private final Definitions definitions;
  private final Formats formats;

  ReferenceHistory(Folding folding, Definitions definitions, Formats formats) {
    this.folding = folding;
    this.definitions = definitions;
    this.formats = formats;
  }

  /**
   * Whatever the row was ever said to refer to as {@code by} since it was inserted, for where its
   * state cannot tell.
   */
  Set<RecordKey> everReferred(
      RecordKey record, List<IndexedUpdate> updates, ReferenceName by, AsOf asOf) {
    Set<RecordKey> targets = new TreeSet<>();
    collect(record, updates, by, asOf, targets, new HashSet<>());
    return targets;
  }

  private void collect(
      RecordKey record,
      List<IndexedUpdate> updates,
      ReferenceName by,
      AsOf asOf,
      Set<RecordKey> targets,
      Set<IndexedUpdate> keyChanges) {
    for (IndexedUpdate update : updates.reversed()) {
      if (saysNothing(update)) {
        continue;
      }
      Optional<Decoded> decoded = decoded(record, update);
      decoded.stream()
          .flatMap(change -> change.references().stream())
          .filter(reference -> reference.name().equals(by))
          .map(Reference::target)
          .forEach(targets::add);
      Optional<RecordKey> before = decoded.flatMap(Decoded::previousKey);
      if (update.role() == Role.NEW_KEY && before.isPresent() && keyChanges.add(update)) {
        collect(
            before.get(),
            folding.updatesBefore(update, before.get(), asOf),
            by,
            asOf,
            targets,
            keyChanges);
      }
      if (begins(update)) {
        return;
      }
    }
  }

  /** The keys that were given to the record in place of its own. */
  Set<RecordKey> keysAfter(RecordKey record, List<IndexedUpdate> updates) {
    Set<RecordKey> keys = Set.of();
    for (int i = 0; i < updates.size(); i++) {
      IndexedUpdate update = updates.get(i);
      if (update.role() == Role.OLD_KEY) {
        keys = keys.isEmpty() ? new TreeSet<>() : keys;
        decoded(record, update).flatMap(Decoded::key).ifPresent(keys::add);
      }
    }
    return keys;
  }

  /** Before it the key was of no row, or of another one. */
  private static boolean begins(IndexedUpdate update) {
    return update.operation() == Operation.INSERT
        || update.operation() == Operation.SNAPSHOT
        || update.role() == Role.NEW_KEY;
  }

  private static boolean saysNothing(IndexedUpdate update) {
    return update.operation() == Operation.DELETE
        || update.operation() == Operation.TRUNCATE
        || update.operation() == Operation.ANNOTATION
        || update.role() == Role.OLD_KEY;
  }

  private Optional<Decoded> decoded(RecordKey record, IndexedUpdate update) {
    return folding.find(update).flatMap(placed -> decoded(record, placed));
  }

  private Optional<Decoded> decoded(RecordKey record, PlacedChange placed) {
    try {
      return Optional.of(
          formats
              .decoder(placed.schema().format())
              .decode(placed.schema(), placed.change(), definitions.model(record.model())));
    } catch (Undecodable undecodable) {
      return Optional.empty();
    }
  }
}
