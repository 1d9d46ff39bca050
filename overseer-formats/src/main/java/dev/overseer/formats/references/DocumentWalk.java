package dev.overseer.formats.references;

import dev.overseer.formats.references.Reached.Absent;
import dev.overseer.formats.references.Reached.Found;
import dev.overseer.formats.references.Reached.Untold;
import dev.overseer.model.ColumnPath;
import dev.overseer.model.ColumnPath.Step;
import dev.overseer.model.Value;
import java.util.List;
import java.util.stream.Stream;

/**
 * Follows a path through a document. What is missing on the way is absent, as what is null; what is
 * of another kind than the path says is not guessed at.
 */
final class DocumentWalk {
  private final ColumnPath path;

  private DocumentWalk(ColumnPath path) {
    this.path = path;
  }

  /** The elements of the innermost array that {@code path} goes into. */
  static List<Reached> elements(Reached column, ColumnPath path) {
    return new DocumentWalk(path).walk(column, path.toElements().steps()).toList();
  }

  /** The one value that the rest of {@code path}, from {@code element} on, leads to. */
  static Reached one(Reached element, ColumnPath path) {
    DocumentWalk walk = new DocumentWalk(path);
    return walk.walk(element, path.withinElement()).findFirst().map(walk::scalar).orElseThrow();
  }

  private Stream<Reached> walk(Reached from, List<Step> steps) {
    Stream<Reached> reached = Stream.of(from);
    for (Step step : steps) {
      reached = reached.flatMap(at -> step(at, step));
    }
    return reached;
  }

  private Stream<Reached> step(Reached from, Step step) {
    return switch (from) {
      case Absent _, Untold _ -> Stream.of(from);
      case Found(Value.Null _) -> Stream.of(Reached.ABSENT);
      case Found(Value value) ->
          switch (step) {
            case Step.Field(String name) -> Stream.of(field(value, name));
            case Step.Elements() -> elements(value);
          };
    };
  }

  private Reached field(Value value, String name) {
    if (value instanceof Value.Document document) {
      Value field = document.fields().get(name);
      return field == null ? Reached.ABSENT : new Found(field);
    }
    return new Untold(
        "on the way of '%s' there is %s where '%s' should be in an object"
            .formatted(path, kind(value), name));
  }

  private Stream<Reached> elements(Value value) {
    return value instanceof Value.Items items
        ? items.values().stream().map(Found::new)
        : Stream.of(
            new Untold(
                "on the way of '%s' there is %s where an array should be"
                    .formatted(path, kind(value))));
  }

  private Reached scalar(Reached reached) {
    return switch (reached) {
      case Absent _, Untold _ -> reached;
      case Found(Value.Null _) -> Reached.ABSENT;
      case Found(Value.Number(var number)) when KeyTexts.isTooLong(number) ->
          new Untold("at '%s' there is a number too large for a key".formatted(path));
      case Found(Value.Text _), Found(Value.Number _), Found(Value.Bool _) -> reached;
      case Found(Value value) ->
          new Untold("at '%s' there is %s, not a value".formatted(path, kind(value)));
    };
  }

  private static String kind(Value value) {
    return switch (value) {
      case Value.Document _ -> "an object";
      case Value.Items _ -> "an array";
      case Value.Text _ -> "a text";
      case Value.Number _ -> "a number";
      case Value.Bool _ -> "a truth value";
      case Value.Null _, Value.Unknown _, Value.Time _, Value.Bytes _ -> "something else";
    };
  }
}
