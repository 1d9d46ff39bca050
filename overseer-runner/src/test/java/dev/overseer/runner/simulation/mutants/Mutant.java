package dev.overseer.runner.simulation.mutants;

import java.util.ArrayList;
import java.util.List;

/**
 * A mistake as somebody might make it.
 *
 * @param name what is wrong, in a few words
 */
record Mutant(String name, List<Edit> edits) {

  /**
   * @param source below the repository's root
   * @param text found exactly once there
   */
  record Edit(String source, String text, String replacement) {}

  static Mutant of(String name) {
    return new Mutant(name, List.of());
  }

  /**
   * @param type of the product, by its full name, in the module that is named like its package
   */
  Mutant replacing(String type, String text, String replacement) {
    List<Edit> more = new ArrayList<>(edits);
    more.add(new Edit(source(type), text, replacement));
    return new Mutant(name, List.copyOf(more));
  }

  private static String source(String type) {
    String module = type.substring(0, type.indexOf('.'));
    return "overseer-%s/src/main/java/dev/overseer/%s.java"
        .formatted(module, type.replace('.', '/'));
  }

  @Override
  public String toString() {
    return name;
  }
}
