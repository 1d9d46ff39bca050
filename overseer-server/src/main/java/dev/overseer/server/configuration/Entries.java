package dev.overseer.server.configuration;

import java.util.List;
import java.util.Optional;

/** A mapping whose keys are names that the author of the file chose, in the file's order. */
record Entries<V>(List<Entry<V>> list) {

  record Entry<V>(String name, Place place, Field<V> value) {}

  static <V> Entries<V> none() {
    return new Entries<>(List.of());
  }

  List<String> names() {
    return list.stream().map(Entry::name).toList();
  }

  Optional<Entry<V>> find(String name) {
    return list.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }
}
