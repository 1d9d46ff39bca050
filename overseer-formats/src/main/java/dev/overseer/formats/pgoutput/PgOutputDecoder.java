package dev.overseer.formats.pgoutput;

import dev.overseer.formats.references.ColumnText;
import dev.overseer.formats.references.ReferenceReader;
import dev.overseer.model.ChangeDecoder;
import dev.overseer.model.Definitions;
import dev.overseer.model.LogRecord;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.Operation;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads keys and references out of pgoutput's row changes. The key of a model must be part of its
 * table's replica identity, else a delete does not say which record it removed, nor an update
 * whether it moved one: such changes are undecodable, and say what to do.
 */
public final class PgOutputDecoder implements ChangeDecoder {
  private static final ColumnText UNSENT = new ColumnText.Untold("not sent");

  private final Layouts layouts = new Layouts(_ -> false);

  @Override
  public Decoded decode(LogRecord.Schema schema, LogRecord.Change change, ModelDefinition model)
      throws Undecodable {
    if (change.operation() == Operation.ANNOTATION) {
      return new Decoded(Optional.empty(), Optional.empty(), List.of());
    }
    Layout layout = layouts.of(schema);
    ModelColumns columns = layout.of(model);
    try {
      return decode(change, layout, columns);
    } catch (Undecodable e) {
      throw e.reach() instanceof Reach.WholeTable ? reaching(e, change, layout, columns) : e;
    }
  }

  @Override
  public List<RecordKey> annotated(LogRecord.Change annotation, Definitions definitions)
      throws Undecodable {
    return OperatorsNote.records(annotation.raw(), annotation.source(), definitions);
  }

  private static Decoded decode(LogRecord.Change change, Layout layout, ModelColumns columns)
      throws Undecodable {
    return switch (ChangeReading.read(change, layout)) {
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

  /** A key that is not in the replica identity could have been another one before. */
  private static Undecodable reaching(
      Undecodable fault, LogRecord.Change change, Layout layout, ModelColumns columns) {
    boolean isCertain = change.operation() == Operation.INSERT || isInIdentity(columns, layout);
    Optional<RecordKey> record =
        isCertain ? LegibleKey.find(change.raw(), layout, columns) : Optional.empty();
    return record
        .map(it -> new Undecodable(String.valueOf(fault.getMessage()), new Reach.OneRecord(it)))
        .orElse(fault);
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
    Optional<RecordKey> before = keyBefore(columns, layout, update);
    if (hasNull(columns, sides) && before.isPresent()) {
      throw new Undecodable(
          "The key of %s became null".formatted(before.get()), new Reach.OneRecord(before.get()));
    }
    RecordKey key = key(columns, layout, sides);
    return new Decoded(
        Optional.of(key),
        before.filter(previous -> !previous.equals(key)),
        references(columns, sides));
  }

  /** Empty also when the row was no record before, because its key was null. */
  private static Optional<RecordKey> keyBefore(
      ModelColumns columns, Layout layout, PgOutput.Update update) throws Undecodable {
    if (update.old() instanceof PgOutput.Old.Untold) {
      return Optional.empty();
    }
    RowSides old = RowSides.ofOld(layout, update.old());
    return hasNull(columns, old) ? Optional.empty() : Optional.of(key(columns, layout, old));
  }

  private static boolean hasNull(ModelColumns columns, RowSides sides) {
    for (int column : columns.key()) {
      Tuple side = sides.sideWith(column);
      if (side != null && side.isNull(column)) {
        return true;
      }
    }
    return false;
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

  private static boolean isInIdentity(ModelColumns columns, Layout layout) {
    return Arrays.stream(columns.key()).allMatch(layout::isInKey);
  }

  private static RecordKey key(ModelColumns columns, Layout layout, RowSides sides)
      throws Undecodable {
    String[] values = new String[columns.key().length];
    for (int i = 0; i < values.length; i++) {
      int column = columns.key()[i];
      Tuple side = sides.sideWith(column);
      if (side == null) {
        throw new Undecodable(about(columns, layout, column, "not in the change"));
      }
      if (side.isNull(column)) {
        throw new Undecodable(about(columns, layout, column, "null"), new Reach.NoRecord());
      }
      values[i] = side.text(column);
    }
    return new RecordKey(columns.model().name(), Arrays.asList(values));
  }

  private static String about(ModelColumns columns, Layout layout, int column, String what) {
    return "Key column '%s' of model '%s' is %s"
        .formatted(layout.name(column), columns.model().name(), what);
  }

  private static List<Reference> references(ModelColumns columns, RowSides sides)
      throws Undecodable {
    if (columns.references().isEmpty()) {
      return List.of();
    }
    List<Reference> references = new ArrayList<>(columns.references().size());
    for (ModelColumns.ReferenceColumns reference : columns.references()) {
      for (RecordKey target : targets(reference, sides)) {
        references.add(new Reference(reference.name(), target));
      }
    }
    return references;
  }

  private static Collection<RecordKey> targets(
      ModelColumns.ReferenceColumns reference, RowSides sides) throws Undecodable {
    if (reference.definition().isPlain()) {
      return plain(reference, sides);
    }
    Map<String, ColumnText> sent = sent(reference, sides);
    return ReferenceReader.read(reference.definition(), column -> sent.getOrDefault(column, UNSENT))
        .targets();
  }

  /** As {@link ReferenceReader} would, on the way that nearly every change takes. */
  private static List<RecordKey> plain(ModelColumns.ReferenceColumns reference, RowSides sides)
      throws Undecodable {
    String[] values = new String[reference.columns().length];
    for (int i = 0; i < values.length; i++) {
      int column = reference.columns()[i];
      Tuple side = sides.sideWith(column);
      if (side == null || side.isNull(column)) {
        return List.of();
      }
      values[i] = side.text(column);
    }
    return List.of(new RecordKey(reference.definition().target(), Arrays.asList(values)));
  }

  private static Map<String, ColumnText> sent(
      ModelColumns.ReferenceColumns reference, RowSides sides) throws Undecodable {
    Map<String, ColumnText> sent = new HashMap<>();
    for (int column : reference.columns()) {
      Tuple side = sides.sideWith(column);
      if (side != null) {
        sent.put(
            sides.layout().name(column),
            side.isNull(column) ? ColumnText.NULL : new ColumnText.Sent(side.text(column)));
      }
    }
    return sent;
  }
}
