package dev.overseer.formats.pgoutput;

import dev.overseer.model.ChangeDecoder.Undecodable;
import dev.overseer.model.RecordState;
import dev.overseer.model.Value;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A row's values by column name, each made of its bytes when it is first asked for: a fold goes
 * over several rows of which only the last is looked at, and most columns of that are not. Safe for
 * many threads, because values are immutable and to make one twice does no harm.
 */
final class RowValues extends AbstractMap<String, Value> implements RecordState.SourceTexts {
  private static final @Nullable Sent[] NONE = new @Nullable Sent[0];

  private final Layout layout;
  private final Tuple row;

  /** Where the row left a column out: where it was sent, if ever. Empty when none is left out. */
  private final @Nullable Sent[] carried;

  private final @Nullable Value[] values;

  /** A column of a row in which it was not left out. */
  private record Sent(Layout layout, Tuple row, int column) {

    Value value() {
      try {
        return row.isNull(column) ? Value.NULL : layout.value(column, row.text(column));
      } catch (Undecodable notText) {
        return new Value.Unknown("column '" + layout.name(column) + "': " + notText.getMessage());
      }
    }

    Optional<String> text() {
      try {
        return row.isNull(column) ? Optional.empty() : Optional.of(row.text(column));
      } catch (Undecodable notText) {
        return Optional.empty();
      }
    }
  }

  private RowValues(Layout layout, Tuple row, @Nullable Sent[] carried) {
    this.layout = layout;
    this.row = row;
    this.carried = carried;
    this.values = new @Nullable Value[row.size()];
  }

  /** What was left out is taken from the old row, then from the state before, else unknown. */
  static RowValues of(RowSides sides, Tuple row, RecordState before) {
    return new RowValues(
        sides.layout(), row, row.hasUnchanged() ? carried(sides, row, before) : NONE);
  }

  private static @Nullable Sent[] carried(RowSides sides, Tuple row, RecordState before) {
    Layout layout = sides.layout();
    @Nullable Sent[] carried = new @Nullable Sent[row.size()];
    for (int i = 0; i < carried.length; i++) {
      if (row.isUnchanged(i)) {
        Tuple told = sides.sideWith(i);
        carried[i] = told == null ? sent(layout.name(i), before) : new Sent(layout, told, i);
      }
    }
    return carried;
  }

  private static @Nullable Sent sent(String column, RecordState before) {
    if (before instanceof RecordState.Present(Map<String, Value> values)
        && values instanceof RowValues row) {
      int place = row.layout.find(column);
      return place < 0 ? null : row.sent(place);
    }
    return null;
  }

  private @Nullable Sent sent(int place) {
    return row.isUnchanged(place) ? carried[place] : new Sent(layout, row, place);
  }

  @Override
  public Optional<String> sourceText(String column) {
    int place = layout.find(column);
    Sent sent = place < 0 ? null : sent(place);
    return sent == null ? Optional.empty() : sent.text();
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
            .mapToObj(i -> Map.entry(layout.name(i), value(i)))
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
      Sent sent = sent(place);
      known = sent == null ? neverSent(place) : sent.value();
      values[place] = known;
    }
    return known;
  }

  private Value neverSent(int place) {
    return new Value.Unknown(
        "the source left out column '"
            + layout.name(place)
            + "' as unchanged, and no update before sent it");
  }
}
