package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A row's values by column name, each made of its bytes when it is first asked for: a fold goes
 * over several rows of which only the last is looked at, and most columns of that are not. Safe for
 * many threads, because values are immutable and to make one twice does no harm.
 */
final class RowValues extends AbstractMap<String, Value> {
  private final Layout layout;
  private final Tuple row;
  private final @Nullable Value[] values;

  private RowValues(Layout layout, Tuple row, @Nullable Value[] values) {
    this.layout = layout;
    this.row = row;
    this.values = values;
  }

  /** What was not sent is taken from the old row, then from the state before, else unknown. */
  static RowValues of(RowSides sides, Tuple row, RecordState before) {
    Layout layout = sides.layout();
    @Nullable Value[] values = new @Nullable Value[row.size()];
    for (int i = 0; i < values.length; i++) {
      if (row.isUnchanged(i)) {
        Tuple told = sides.sideWith(i);
        values[i] = told == null ? carried(layout.name(i), before) : value(layout, told, i);
      }
    }
    return new RowValues(layout, row, values);
  }

  private static Value carried(String column, RecordState before) {
    if (before instanceof RecordState.Present present) {
      Value value = present.values().get(column);
      if (value != null) {
        return value;
      }
    }
    return new Value.Unknown(
        "the source left out column '" + column + "' as unchanged, and no update before sent it");
  }

  private static Value value(Layout layout, Tuple row, int column) {
    if (row.isNull(column)) {
      return Value.NULL;
    }
    try {
      return layout.form(column).read(row.text(column));
    } catch (Undecodable notText) {
      return new Value.Unknown("column '" + layout.name(column) + "': " + notText.getMessage());
    }
  }

  @Override
  public @Nullable Value get(Object column) {
    int place = layout.find(column);
    return place < 0 ? null : value(place);
  }

  @Override
  public boolean containsKey(Object column) {
    return layout.find(column) >= 0;
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public Set<Entry<String, Value>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, Value>> iterator() {
        return IntStream.range(0, values.length)
            .mapToObj(i -> java.util.Map.entry(layout.name(i), value(i)))
            .iterator();
      }

      @Override
      public int size() {
        return values.length;
      }
    };
  }

  private Value value(int place) {
    Value known = values[place];
    if (known == null) {
      known = value(layout, row, place);
      values[place] = known;
    }
    return known;
  }
}
