package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.LogRecord;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordAggregator;
import dev.overseer.model.RecordState;
import java.util.function.Predicate;

/**
 * Folds pgoutput's row changes. The state after a change has exactly the columns of that change's
 * schema. A large value that the source left out as unchanged is carried from the state before,
 * where that had a column of the same name, else it is unknown. An insert starts anew.
 */
public final class PgOutputAggregator implements RecordAggregator {
  private final Layouts layouts;

  /**
   * @param isErased whether a token of an encrypted column is of a subject that was erased: then
   *     its value is unknown
   */
  public PgOutputAggregator(Predicate<String> isErased) {
    this.layouts = new Layouts(isErased);
  }

  @Override
  public RecordState fold(
      RecordState before, LogRecord.Schema schema, LogRecord.Change change, Role role) {
    if (change.operation() == Operation.ANNOTATION) {
      return before;
    }
    try {
      return folded(before, layouts.of(schema), change, role);
    } catch (Undecodable undecodable) {
      return new RecordState.Unreadable(
          "a change of %s cannot be decoded: %s"
              .formatted(schema.table(), undecodable.getMessage()));
    }
  }

  /** Whatever does not leave a large value out. */
  @Override
  public boolean startsAnew(LogRecord.Change change) {
    try {
      return !(PgOutputParser.parse(change.raw()) instanceof PgOutput.Update update)
          || !update.row().hasUnchanged();
    } catch (Undecodable undecodable) {
      return true; // nothing before it makes the record readable
    }
  }

  private static RecordState folded(
      RecordState before, Layout layout, LogRecord.Change change, Role role) throws Undecodable {
    return switch (ChangeReading.read(change, layout)) {
      case PgOutput.Insert insert ->
          row(RecordState.NEVER_SEEN, layout, PgOutput.Old.UNTOLD, insert.row());
      case PgOutput.Update update ->
          switch (role) {
            case SAME_KEY, NEW_KEY -> row(before, layout, update.old(), update.row());
            case OLD_KEY -> RecordState.DELETED;
          };
      case PgOutput.Delete _ -> RecordState.DELETED;
      case PgOutput.Truncate _ -> emptied(before);
      case PgOutput.Begin _,
          PgOutput.Commit _,
          PgOutput.Origin _,
          PgOutput.Relation _,
          PgOutput.Type _,
          PgOutput.Message _ ->
          throw ChangeReading.notAChange(change);
    };
  }

  private static RecordState row(RecordState before, Layout layout, PgOutput.Old old, Tuple row)
      throws Undecodable {
    RowSides sides = RowSides.of(layout, old, row);
    return new RecordState.Present(RowValues.of(sides, row, before));
  }

  private static RecordState emptied(RecordState before) {
    return switch (before) {
      case RecordState.NeverSeen neverSeen -> neverSeen;
      case RecordState.Deleted _, RecordState.Present _, RecordState.Unreadable _ ->
          RecordState.DELETED;
    };
  }
}
