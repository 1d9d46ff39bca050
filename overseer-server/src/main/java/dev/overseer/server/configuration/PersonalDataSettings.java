package dev.overseer.server.configuration;

import java.util.Optional;

/**
 * The secrets that personal values are treated with.
 *
 * @param hashKey of the keyed hash; required where a column is hashed
 */
public record PersonalDataSettings(Optional<Secret> hashKey) {

  static PersonalDataSettings none() {
    return new PersonalDataSettings(Optional.empty());
  }
}
