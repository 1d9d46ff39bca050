package dev.overseer.server.configuration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The mistakes found so far, and the places whose text must not be shown. */
final class Mistakes {
  private final List<Mistake> found = new ArrayList<>();
  private final List<Place> hidden = new ArrayList<>();

  void add(Place place, String what, String expected) {
    found.add(new Mistake(place, what, expected, Optional.empty()));
  }

  void add(Place place, String what, String expected, Optional<String> suggestion) {
    found.add(new Mistake(place, what, expected, suggestion));
  }

  /** Excerpts show stars here: it may be a secret. */
  void hide(Place place) {
    hidden.add(place);
  }

  List<Place> hidden() {
    return List.copyOf(hidden);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** In the order of the file. */
  List<Mistake> inOrder() {
    return found.stream()
        .sorted(
            Comparator.comparingInt((Mistake mistake) -> mistake.place().line())
                .thenComparingInt(mistake -> mistake.place().column()))
        .toList();
  }
}
