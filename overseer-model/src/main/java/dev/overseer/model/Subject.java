package dev.overseer.model;

/**
 * Somebody, or something, whose values are encrypted under a key of their own. Never printed: the
 * name may be personal.
 *
 * @param kind what the name means: {@code customer}
 * @param name as the source writes it; empty for all rows that name none
 */
public record Subject(String kind, String name) {

  @Override
  public String toString() {
    return "a subject of kind '" + kind + "'";
  }
}
