package dev.overseer.views.binding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects what does not fit, so that all of it is told at once. */
final class Mismatches {
  private final List<Mismatch> found = new ArrayList<>();

  void add(String field, String expected, String found) {
    this.found.add(new Mismatch(field, expected, found, List.of()));
  }

  void addName(String field, String expected, String name, Collection<String> names) {
    found.add(
        new Mismatch(
            field,
            expected + ": " + String.join(", ", names),
            "'" + name + "'",
            FieldNames.near(name, names)));
  }

  List<Mismatch> all() {
    return List.copyOf(found);
  }
}
