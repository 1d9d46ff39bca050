package dev.overseer.model;

import dev.overseer.model.ColumnPath.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads one {@link ColumnPath}, and writes it. */
final class ColumnPathText {
  /** What other ways of writing paths use as well: none of it is taken for a name by mistake. */
  private static final String NOT_BARE = ".[]\"'>*";

  private static final Pattern BARE = Pattern.compile("[^" + Pattern.quote(NOT_BARE) + "]+");

  private final String text;
  private int at;

  ColumnPathText(String text) {
    this.text = text;
  }

  ColumnPath read() {
    String column = name();
    List<Step> steps = new ArrayList<>();
    while (at < text.length()) {
      steps.add(step());
    }
    return new ColumnPath(column, steps);
  }

  private Step step() {
    if (text.startsWith("[]", at)) {
      at += 2;
      return new Step.Elements();
    }
    if (text.charAt(at) != '.') {
      throw wrong("'.' or '[]' is missing");
    }
    at++;
    return new Step.Field(name());
  }

  private String name() {
    return text.startsWith("\"", at) ? quoted() : bare();
  }

  private String bare() {
    int start = at;
    while (at < text.length() && NOT_BARE.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at == start) {
      throw wrong("a name is missing");
    }
    return text.substring(start, at);
  }

  private String quoted() {
    StringBuilder name = new StringBuilder();
    int start = at++;
    while (true) {
      int end = text.indexOf('"', at);
      if (end < 0) {
        at = start;
        throw wrong("a quotation mark is not closed");
      }
      name.append(text, at, end);
      at = end + 1;
      if (!text.startsWith("\"", at)) {
        return name.toString();
      }
      name.append('"');
      at++;
    }
  }

  private InvalidRequest wrong(String what) {
    return new InvalidRequest("in '%s' %s at character %d".formatted(text, what, at + 1));
  }

  static String of(ColumnPath path) {
    StringBuilder text = new StringBuilder(written(path.column()));
    for (Step step : path.steps()) {
      switch (step) {
        case Step.Field(String name) -> text.append('.').append(written(name));
        case Step.Elements() -> text.append("[]");
      }
    }
    return text.toString();
  }

  private static String written(String name) {
    return BARE.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
