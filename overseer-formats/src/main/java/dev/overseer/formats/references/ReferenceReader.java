package dev.overseer.formats.references;

import dev.overseer.formats.references.Reached.Absent;
import dev.overseer.formats.references.Reached.Found;
import dev.overseer.formats.references.Reached.Untold;
import dev.overseer.model.ColumnPath;
import dev.overseer.model.ModelDefinition.ReferenceDefinition;
import dev.overseer.model.RecordKey;
import dev.overseer.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one reference of one row. It points nowhere where a part of its key is null or is not
 * there; of a path that does not fit what the row holds it is not told where it points.
 */
public final class ReferenceReader {
  private final ReferenceDefinition reference;
  private final Function<String, ColumnText> row;
  private final Map<String, Reached> columns = new HashMap<>();
  private final SequencedSet<RecordKey> targets = LinkedHashSet.newLinkedHashSet(1);
  private final SequencedSet<String> untold = LinkedHashSet.newLinkedHashSet(1);

  private ReferenceReader(ReferenceDefinition reference, Function<String, ColumnText> row) {
    this.reference = reference;
    this.row = row;
  }

  /**
   * @param row what is known of each column of the reference
   */
  public static Pointing read(ReferenceDefinition reference, Function<String, ColumnText> row) {
    ReferenceReader reader = new ReferenceReader(reference, row);
    reader.read();
    return new Pointing(reader.targets, List.copyOf(reader.untold));
  }

  private void read() {
    ColumnPath several = several();
    if (several == null) {
      add(Value.NULL);
      return;
    }
    for (Reached element : DocumentWalk.elements(column(several), several)) {
      switch (element) {
        case Found(Value value) -> add(value);
        case Absent() -> {}
        case Untold(String why) -> untold.add(why);
      }
    }
  }

  private @Nullable ColumnPath several() {
    for (ColumnPath path : reference.columns()) {
      if (path.isSeveral()) {
        return path;
      }
    }
    return null;
  }

  /** The key that is in the row's own values and in those of one element of its array. */
  private void add(Value element) {
    List<String> key = new ArrayList<>(reference.columns().size());
    List<String> why = new ArrayList<>(0);
    for (ColumnPath path : reference.columns()) {
      switch (part(path, element)) {
        case Found(Value value) -> key.add(KeyTexts.of(value));
        case Absent() -> {
          return;
        }
        case Untold(String reason) -> why.add(reason);
      }
    }
    untold.addAll(why);
    if (why.isEmpty()) {
      targets.add(new RecordKey(reference.target(), key));
    }
  }

  private Reached part(ColumnPath path, Value element) {
    Reached from = path.isSeveral() ? new Found(element) : column(path);
    return DocumentWalk.one(from, path);
  }

  private Reached column(ColumnPath path) {
    return path.isPlain()
        ? plain(path.column())
        : columns.computeIfAbsent(path.column(), _ -> document(path));
  }

  private Reached plain(String column) {
    return switch (row.apply(column)) {
      case ColumnText.Sent(String text) -> new Found(new Value.Text(text));
      case ColumnText.Null() -> Reached.ABSENT;
      case ColumnText.Untold(String why) -> new Untold(why);
    };
  }

  private Reached document(ColumnPath path) {
    return switch (row.apply(path.column())) {
      case ColumnText.Sent(String text) -> ColumnContent.read(path, text);
      case ColumnText.Null() -> Reached.ABSENT;
      case ColumnText.Untold(String why) -> new Untold(why);
    };
  }
}
