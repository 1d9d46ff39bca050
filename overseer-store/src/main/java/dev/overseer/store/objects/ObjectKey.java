package dev.overseer.store.objects;

import dev.overseer.model.InvalidRequest;
import java.util.regex.Pattern;

/**
 * The name of an object: words of letters, digits, dots, dashes and underscores, with slashes
 * between them. Such names mean the same to every kind of store, as a path of files too, and sort
 * by their bytes everywhere.
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {
  private static final Pattern FORM = Pattern.compile("(?:\\w[\\w.-]*/)*\\w[\\w.-]*");
  private static final int LENGTH_MAX = 500;

  public ObjectKey {
    if (value.length() > LENGTH_MAX || !FORM.matcher(value).matches()) {
      throw new InvalidRequest(
          "An object's key is like 'updates/0001.segment', but this is '" + value + "'");
    }
  }

  @Override
  public int compareTo(ObjectKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
