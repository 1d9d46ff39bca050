package dev.overseer.ingestion;

import dev.overseer.ingestion.SourceCondition.TableCondition;
import dev.overseer.ingestion.SourceCondition.TableCondition.Unwatched;
import dev.overseer.ingestion.SourceCondition.TableCondition.Watched;
import dev.overseer.model.EffectiveTime;
import dev.overseer.model.SourceName;
import dev.overseer.model.SourcePosition;
import dev.overseer.model.TableName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sees to it that a table whose changes do not come is not taken for one that does not change. It
 * is unknown from the last look that found it well, told as a trouble as long as it lasts, and read
 * anew afterwards. The same goes for another table that took its name, and for another filter.
 */
final class TableWatch {
  private final SourceName source;
  private final Set<TableName> wanted;
  private final SourceKnowledge knowledge;
  private final SourceSchemas schemas;
  private final RowFormat format;
  private final RowPlacing rows;
  private final TroubleReports troubles;
  private final AtomicReference<Optional<SourceCondition>> latest =
      new AtomicReference<>(Optional.empty());

  /** How each table was found last, and until when that holds for sure. */
  private final Map<TableName, Watched> last = new HashMap<>();

  private EffectiveTime wellUntil;

  TableWatch(
      SourceDefinition definition,
      SourceKnowledge knowledge,
      SourceSchemas schemas,
      RowFormat format,
      RowPlacing rows,
      TroubleReports troubles,
      EffectiveTime watermark) {
    this.source = definition.source();
    this.wanted = definition.tables();
    this.knowledge = knowledge;
    this.schemas = schemas;
    this.format = format;
    this.rows = rows;
    this.troubles = troubles;
    this.wellUntil = watermark.previous();
  }

  /** For any thread. */
  void inspected(SourceCondition condition) {
    latest.set(Optional.of(condition));
  }

  /** What was found since this was last asked. */
  Optional<SourceCondition> take() {
    return latest.getAndSet(Optional.empty());
  }

  /**
   * Acts on what was found.
   *
   * @param at between two transactions
   */
  void act(SourceCondition condition, SourcePosition at) {
    Map<TableName, String> blind = new TreeMap<>();
    Set<TableName> unread = new TreeSet<>();
    condition.tables().forEach((table, found) -> act(table, found, blind, unread));
    if (!blind.isEmpty()) {
      troubles.raise(new SourceTrouble.Blind(source, blind));
    }
    if (!unread.isEmpty()) {
      rows.begin(unread, at);
      rows.watchAnew();
    }
    wellUntil = condition.since().previous();
  }

  private void act(
      TableName table, TableCondition found, Map<TableName, String> blind, Set<TableName> unread) {
    if (!wanted.contains(table)) {
      return;
    }
    switch (found) {
      case Unwatched(String why) -> {
        forget(table, why);
        last.remove(table);
        blind.put(table, why);
      }
      case Watched now -> {
        whyAnother(table, now).ifPresent(why -> missed(table, why));
        last.put(table, now);
        if (!knowledge.known().contains(table) && !knowledge.reading().containsKey(table)) {
          unread.add(table);
        }
      }
    }
  }

  private void missed(TableName table, String why) {
    if (forget(table, why)) {
      troubles.raise(new SourceTrouble.Gap(source, wellUntil, table + ": " + why));
    }
  }

  private boolean forget(TableName table, String why) {
    boolean isOurs = knowledge.known().contains(table) || knowledge.reading().containsKey(table);
    if (isOurs) {
      rows.forget(table, wellUntil, why);
    }
    return isOurs;
  }

  private Optional<String> whyAnother(TableName table, Watched now) {
    Watched before = last.get(table);
    Optional<String> identity =
        before == null
            ? schemas.find(table).map(stored -> format.identity(stored.schema().bytes()))
            : Optional.of(before.identity());
    if (identity.isPresent() && !identity.get().equals(now.identity())) {
      return Optional.of("another table has its name now");
    }
    return before == null || before.filter().equals(now.filter())
        ? Optional.empty()
        : Optional.of("its publication shows other rows of it now");
  }
}
