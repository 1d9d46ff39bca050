package dev.overseer.bench.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is wrong, for people: all of it counted, the first few told. */
public final class Problems {
  private static final int TOLD_MAX = 10;

  private final List<String> told = new ArrayList<>();
  private int count;

  public void add(String format, Object... arguments) {
    count++;
    if (told.size() < TOLD_MAX) {
      told.add(String.format(Locale.ROOT, format, arguments));
    }
  }

  public boolean isEmpty() {
    return count == 0;
  }

  @Override
  public String toString() {
    String more = count > told.size() ? "\n  and %d more".formatted(count - told.size()) : "";
    return "  " + String.join("\n  ", told) + more;
  }
}
