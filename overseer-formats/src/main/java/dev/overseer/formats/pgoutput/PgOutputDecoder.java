package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads keys and references out of pgoutput's row changes. The key of a model must be part of its
 * table's replica identity, else a delete does not say which record it removed, nor an update
 * whether it moved one: such changes are undecodable, and say what to do.
 */
public final class PgOutputDecoder implements ChangeDecoder {
  private final Layouts layouts = new Layouts();

  @Override
  public Decoded decode(LogRecord.Schema schema, LogRecord.Change change, ModelDefinition model)
      throws Undecodable {
    if (change.operation() == Operation.ANNOTATION) {
      return new Decoded(Optional.empty(), Optional.empty(), List.of());
    }
    Layout layout = layouts.of(schema.bytes());
    PgOutput message = ChangeReading.read(change, layout);
    ModelColumns columns = layout.of(model);
    return switch (message) {
      case PgOutput.Insert insert -> inserted(columns, layout, insert.row());
      case PgOutput.Update update -> updated(columns, layout, update);
      case PgOutput.Delete delete -> deleted(columns, layout, delete.old());
      case PgOutput.Truncate _ -> new Decoded(Optional.empty(), Optional.empty(), List.of());
      case PgOutput.Begin _,
          PgOutput.Commit _,
          PgOutput.Origin _,
          PgOutput.Relation _,
          PgOutput.Type _,
          PgOutput.Message _ ->
          throw ChangeReading.notAChange(change);
    };
  }

  private static Decoded inserted(ModelColumns columns, Layout layout, Tuple row)
      throws Undecodable {
    RowSides sides = RowSides.of(layout, PgOutput.Old.UNTOLD, row);
    return new Decoded(
        Optional.of(key(columns, layout, sides)), Optional.empty(), references(columns, sides));
  }

  private static Decoded updated(ModelColumns columns, Layout layout, PgOutput.Update update)
      throws Undecodable {
    requireKeyInIdentity(columns, layout);
    RowSides sides = RowSides.of(layout, update.old(), update.row());
    RecordKey key = key(columns, layout, sides);
    return new Decoded(
        Optional.of(key), previousKey(columns, layout, update, key), references(columns, sides));
  }

  private static Optional<RecordKey> previousKey(
      ModelColumns columns, Layout layout, PgOutput.Update update, RecordKey key)
      throws Undecodable {
    if (update.old() instanceof PgOutput.Old.Untold) {
      return Optional.empty();
    }
    RecordKey previous = key(columns, layout, RowSides.ofOld(layout, update.old()));
    return previous.equals(key) ? Optional.empty() : Optional.of(previous);
  }

  private static Decoded deleted(ModelColumns columns, Layout layout, PgOutput.Old old)
      throws Undecodable {
    requireKeyInIdentity(columns, layout);
    RowSides sides = RowSides.ofOld(layout, old);
    return new Decoded(
        Optional.of(key(columns, layout, sides)), Optional.empty(), references(columns, sides));
  }

  private static void requireKeyInIdentity(ModelColumns columns, Layout layout) throws Undecodable {
    for (int column : columns.key()) {
      if (!layout.isInKey(column)) {
        throw new Undecodable(
            ("The replica identity of %1$s lacks column '%2$s', of the key of model '%3$s': give"
                    + " the table another (alter table %1$s replica identity full), or the model"
                    + " another key")
                .formatted(layout.relation().table(), layout.name(column), columns.model().name()));
      }
    }
  }

  private static RecordKey key(ModelColumns columns, Layout layout, RowSides sides)
      throws Undecodable {
    String[] values = new String[columns.key().length];
    for (int i = 0; i < values.length; i++) {
      int column = columns.key()[i];
      Tuple side = sides.sideWith(column);
      if (side == null || side.isNull(column)) {
        throw new Undecodable(
            "Key column '%s' of model '%s' is %s"
                .formatted(
                    layout.name(column),
                    columns.model().name(),
                    side == null ? "not in the change" : "null"));
      }
      values[i] = side.text(column);
    }
    return new RecordKey(columns.model().name(), Arrays.asList(values));
  }

  private static List<Reference> references(ModelColumns columns, RowSides sides)
      throws Undecodable {
    if (columns.references().isEmpty()) {
      return List.of();
    }
    List<Reference> references = new ArrayList<>(columns.references().size());
    for (ModelColumns.ReferenceColumns reference : columns.references()) {
      find(reference, sides)
          .map(target -> new Reference(reference.name(), target))
          .ifPresent(references::add);
    }
    return references;
  }

  private static Optional<RecordKey> find(ModelColumns.ReferenceColumns reference, RowSides sides)
      throws Undecodable {
    String[] values = new String[reference.columns().length];
    for (int i = 0; i < values.length; i++) {
      int column = reference.columns()[i];
      Tuple side = sides.sideWith(column);
      if (side == null || side.isNull(column)) {
        return Optional.empty();
      }
      values[i] = side.text(column);
    }
    return Optional.of(new RecordKey(reference.target(), Arrays.asList(values)));
  }
}
