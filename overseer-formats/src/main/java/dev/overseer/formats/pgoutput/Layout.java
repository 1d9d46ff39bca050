package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.TreatedColumn;
import dev.overseer.model.Treatment;
import dev.overseer.model.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A relation made ready for reading its rows: what is where, and in which form. Immutable. */
final class Layout {
  private final PgOutput.Relation relation;
  private final Map<String, Integer> places = new HashMap<>();
  private final ValueForm[] forms;
  private final boolean[] encrypted;
  private final Predicate<String> isErased;

  /** Of the model that was asked for last: a table has one, but for a change of definitions. */
  private volatile @Nullable ModelColumns model;

  /**
   * @param isErased of a token of an encrypted column
   */
  Layout(PgOutput.Relation relation, List<TreatedColumn> treated, Predicate<String> isErased) {
    this.relation = relation;
    this.isErased = isErased;
    List<PgOutput.RelationColumn> columns = relation.columns();
    this.forms = new ValueForm[columns.size()];
    this.encrypted = new boolean[columns.size()];
    for (int i = 0; i < forms.length; i++) {
      places.put(columns.get(i).name(), i);
      forms[i] = ValueForm.ofType(columns.get(i).type());
    }
    for (TreatedColumn column : treated) {
      if (column.treatment() instanceof Treatment.Encrypt && places.containsKey(column.name())) {
        encrypted[places.get(column.name())] = true;
      }
    }
  }

  PgOutput.Relation relation() {
    return relation;
  }

  /** How many columns a row has. */
  int size() {
    return forms.length;
  }

  /** The place of a column, or -1. */
  int find(Object column) {
    Integer place = places.get(column);
    return place == null ? -1 : place;
  }

  String name(int column) {
    return relation.columns().get(column).name();
  }

  /** What a column's text means; unknown where it is a token that nobody can open any more. */
  Value value(int column, String text) {
    return encrypted[column] && isErased.test(text)
        ? new Value.Unknown("erased: the subject of column '" + name(column) + "' was erased")
        : forms[column].read(text);
  }

  /** Whether an old key has the column: it is part of the replica identity. */
  boolean isInKey(int column) {
    return relation.columns().get(column).key();
  }

  @SuppressWarnings("ReferenceEquality") // only spares work: an equal model gives equal columns
  ModelColumns of(ModelDefinition definition) throws Undecodable {
    ModelColumns known = model;
    if (known == null || known.model() != definition) {
      known = ModelColumns.of(definition, this);
      model = known;
    }
    return known;
  }

  void requireRelation(int id) throws Undecodable {
    if (id != relation.id()) {
      throw new Undecodable(
          "A change of relation %s cannot be read by the schema of %s, relation %s"
              .formatted(
                  Integer.toUnsignedString(id),
                  relation.table(),
                  Integer.toUnsignedString(relation.id())));
    }
  }

  Tuple fitting(Tuple row) throws Undecodable {
    if (row.size() != forms.length) {
      throw new Undecodable(
          "A row of %d columns cannot be read by the schema of %s, which has %d"
              .formatted(row.size(), relation.table(), forms.length));
    }
    return row;
  }
}
