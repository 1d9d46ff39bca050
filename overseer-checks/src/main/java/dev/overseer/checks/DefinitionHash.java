package dev.overseer.checks;

/**
 * Identifies everything that decides a check's complete verdicts: its version, strategy, selection,
 * view, models, formats and clock offsets. Hexadecimal.
 */
public record DefinitionHash(String hex) {

  @Override
  public String toString() {
    return hex;
  }
}
