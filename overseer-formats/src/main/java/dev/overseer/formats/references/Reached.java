package dev.overseer.formats.references;

import dev.overseer.model.Value;

/** What is at the end of a path, or of a part of it. */
sealed interface Reached {

  record Found(Value value) implements Reached {}

  /** Null, or not there. */
  record Absent() implements Reached {}

  record Untold(String why) implements Reached {}

  Reached ABSENT = new Absent();
}
