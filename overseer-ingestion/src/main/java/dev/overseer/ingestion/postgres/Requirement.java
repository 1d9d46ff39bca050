package dev.overseer.ingestion.postgres;

import java.util.Locale;
import java.util.Optional;

/**
 * Something that a database must provide to be tailed, or should.
 *
 * @param subject what is looked at, the same in every examination
 * @param found for people
 * @param fix SQL to run there, or what else to do; absent where nothing is to be done
 */
public record Requirement(String subject, Standing standing, String found, Optional<String> fix) {

  /** Whether it is provided. */
  public enum Standing {
    MET,
    /** It can be tailed, and something may go wrong later. */
    ADVISED,
    /** It cannot be tailed, or not without loss. */
    MISSING;

    /** For people and machines: {@code met}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Requirement met(String subject, String found) {
    return new Requirement(subject, Standing.MET, found, Optional.empty());
  }

  static Requirement advised(String subject, String found, String fix) {
    return new Requirement(subject, Standing.ADVISED, found, Optional.of(fix));
  }

  static Requirement missing(String subject, String found, String fix) {
    return new Requirement(subject, Standing.MISSING, found, Optional.of(fix));
  }

  /** Met where {@code holds}, else missing; the same is found either way. */
  static Requirement of(boolean holds, String subject, String found, String fix) {
    return holds ? met(subject, found) : missing(subject, found, fix);
  }
}
