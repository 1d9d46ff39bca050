package dev.overseer.ingestion;

import dev.overseer.ingestion.SourceCondition.TableCondition;
import dev.overseer.ingestion.SourceCondition.TableCondition.Unwatched;
import dev.overseer.ingestion.SourceCondition.TableCondition.Watched;
import dev.overseer.model.Lsn;
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
 * Sees to it that a table whose changes do not come is not taken for one that does not change. What
 * is committed is taken in only up to the last look that found the tables well: up to there it is
 * <i>vouched</i> for. So when a look finds a table unwatched, nothing was concluded from its
 * silence yet. It is unknown from there on, told as a trouble as long as it lasts, and read anew
 * afterwards. The same goes for another table that took its name, and for another filter.
 */
final class TableWatch {
  private final SourceDefinition definition;
  private final SourceKnowledge knowledge;
  private final SourceSchemas schemas;
  private final RowFormat format;
  private final RowPlacing rows;
  private final Forgetting forgetting;
  private final TroubleReports troubles;
  private final AtomicReference<Optional<SourceCondition>> latest =
      new AtomicReference<>(Optional.empty());

  /** How each table was found last. */
  private final Map<TableName, Watched> last = new HashMap<>();

  /**
   * Tables that are to be read, and which position the stream must have passed before: up to there
   * it may still bring changes of another table that had the name.
   */
  private final Map<TableName, SourcePosition> unread = new TreeMap<>();

  private SourcePosition vouched = Lsn.ZERO;
  private boolean hasLooked;
  private volatile boolean awaited;
  private volatile Optional<String> failure = Optional.empty();

  TableWatch(
      SourceDefinition definition,
      SourceKnowledge knowledge,
      SourceSchemas schemas,
      RowFormat format,
      RowPlacing rows,
      Forgetting forgetting,
      TroubleReports troubles) {
    this.definition = definition;
    this.knowledge = knowledge;
    this.schemas = schemas;
    this.format = format;
    this.rows = rows;
    this.forgetting = forgetting;
    this.troubles = troubles;
  }

  /** For any thread. */
  void inspected(SourceCondition condition) {
    failure = Optional.empty();
    latest.set(Optional.of(condition));
  }

  /** There was no way to look. For any thread. */
  void failed(String why) {
    failure = Optional.of(why);
  }

  /**
   * While nobody can look, what is held would stay so, and a server that wants to stop would wait
   * for us to take it.
   */
  void requireLooks() throws SourceLost {
    Optional<String> why = failure;
    if (why.isPresent()) {
      failure = Optional.empty();
      throw new SourceLost(
          "Nothing can be taken in while its catalogue cannot be read: " + why.get());
    }
  }

  /** Whether something waits for the next look. For any thread. */
  boolean awaitsInspection() {
    return awaited;
  }

  void await(boolean anything) {
    awaited = anything || !hasLooked || hasUnlooked();
  }

  /** Whether a table waits to be found a second time. */
  private boolean hasUnlooked() {
    return definition.tables().stream()
        .anyMatch(
            table -> last.containsKey(table) && isToBeRead(table) && !unread.containsKey(table));
  }

  /**
   * A stream begins; what was found before its connection is out of date. Existing rows are read
   * only after the first look, for what comes after them is compared with it.
   */
  void resumed(SourcePosition from) {
    take();
    unread.clear();
    vouched = from;
    hasLooked = false;
    awaited = true;
  }

  /** Whatever was committed before it, of any of our tables, has come to us, or will. */
  SourcePosition vouched() {
    return vouched;
  }

  /** What was found since this was last asked, of the history that is tailed. */
  Optional<SourceCondition> take() {
    return latest
        .getAndSet(Optional.empty())
        .filter(condition -> knowledge.isOf(condition.incarnation()));
  }

  /** Acts on what was found, between two transactions. */
  void act(SourceCondition condition) {
    Map<TableName, String> blind = new TreeMap<>();
    condition.tables().forEach((table, found) -> act(table, found, condition.position(), blind));
    if (!blind.isEmpty()) {
      troubles.raise(new SourceTrouble.Blind(definition.source(), blind));
    }
    if (!hasLooked) {
      rows.watchAnew();
    }
    hasLooked = true;
    vouched = Positions.later(vouched, condition.position());
  }

  private void act(
      TableName table,
      TableCondition found,
      SourcePosition position,
      Map<TableName, String> blind) {
    if (!definition.tables().contains(table)) {
      return;
    }
    switch (found) {
      case Unwatched(String why) -> {
        forgetting.forget(table, why);
        last.remove(table);
        unread.remove(table);
        blind.put(table, why);
      }
      case Watched now -> {
        whyAnother(table, now).ifPresent(why -> forgetting.missed(table, why));
        Watched before = last.put(table, now);
        if (before == null || !before.identity().equals(now.identity())) {
          unread.remove(table);
        } else if (isToBeRead(table)) {
          unread.putIfAbsent(table, position);
        }
      }
    }
  }

  private boolean isToBeRead(TableName table) {
    return !knowledge.known().contains(table) && !knowledge.reading().containsKey(table);
  }

  /**
   * Begins to read the tables that can be. A table was found twice then, and the stream has passed
   * where its source's log ended between the two looks: nothing comes any more of one that had its
   * name before.
   *
   * @param passed everything committed before it was received; no transaction is streaming
   */
  void read(SourcePosition passed) {
    Set<TableName> due = new TreeSet<>();
    unread.forEach(
        (table, position) -> {
          if (Positions.reached(passed, position)) {
            due.add(table);
          }
        });
    if (!due.isEmpty()) {
      unread.keySet().removeAll(due);
      rows.begin(due, passed);
      rows.watchAnew();
    }
  }

  /** Whether a table is to be read as soon as the stream is further. */
  boolean awaits(SourcePosition passed) {
    return unread.values().stream().anyMatch(position -> !Positions.reached(passed, position));
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
    return before == null || before.publication().equals(now.publication())
        ? Optional.empty()
        : Optional.of("its publication shows other rows of it now, or did for a while");
  }
}
