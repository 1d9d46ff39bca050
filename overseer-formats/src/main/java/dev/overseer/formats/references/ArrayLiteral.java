package dev.overseer.formats.references;

import dev.overseer.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Postgres array in its text form, <a
 * href="https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO">as documented</a>. The
 * elements of all dimensions come in their order, as {@code unnest} gives them.
 */
public final class ArrayLiteral {
  /** Subscripts that do not begin with 1 are written before it. */
  private static final Pattern BOUNDS = Pattern.compile("(?:\\[[+-]?\\d+:[+-]?\\d+])+=(?=\\{)");

  private final String text;
  private final List<Value> elements = new ArrayList<>();
  private int at;

  private ArrayLiteral(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /** Whether it is written like one. */
  public static boolean isOne(String text) {
    return text.startsWith("{") || BOUNDS.matcher(text).lookingAt();
  }

  /** Empty when it is none. */
  public static Optional<List<Value>> read(String text) {
    var bounds = BOUNDS.matcher(text);
    ArrayLiteral literal = new ArrayLiteral(text, bounds.lookingAt() ? bounds.end() : 0);
    return literal.isWhole() ? Optional.of(literal.elements) : Optional.empty();
  }

  /** Nothing is nested in it but braces, which are counted: no depth can overflow. */
  private boolean isWhole() {
    int depth = 0;
    do {
      if (text.startsWith("{", at)) {
        depth++;
        at++;
      } else if (text.startsWith("}", at)) {
        depth--;
        at++;
        skipComma(depth);
      } else if (element()) {
        skipComma(depth);
      } else {
        return false;
      }
    } while (depth > 0);
    return at == text.length();
  }

  /** A comma is followed by an element or by the array of another dimension. */
  private void skipComma(int depth) {
    if (depth > 0 && text.startsWith(",", at) && !text.startsWith("}", at + 1)) {
      at++;
    }
  }

  private boolean element() {
    return text.startsWith("\"", at) ? quoted() : bare();
  }

  private boolean bare() {
    int start = at;
    while (at < text.length() && "{},\"".indexOf(text.charAt(at)) < 0) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at == start || at > text.length()) {
      return false;
    }
    String element = text.substring(start, at);
    elements.add(
        element.equalsIgnoreCase("NULL") ? Value.NULL : new Value.Text(unescaped(element)));
    return true;
  }

  private boolean quoted() {
    int start = ++at;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      return false;
    }
    elements.add(new Value.Text(unescaped(text.substring(start, at))));
    at++;
    return true;
  }

  private static String unescaped(String element) {
    if (element.indexOf('\\') < 0) {
      return element;
    }
    StringBuilder plain = new StringBuilder(element.length());
    for (int i = 0; i < element.length(); i++) {
      if (element.charAt(i) == '\\' && i + 1 < element.length()) {
        i++;
      }
      plain.append(element.charAt(i));
    }
    return plain.toString();
  }
}
