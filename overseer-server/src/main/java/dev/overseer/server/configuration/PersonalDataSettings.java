package dev.overseer.server.configuration;

import java.util.Optional;

/**
 * The secrets that personal values are treated with.
 *
 * @param hashKey of the keyed hash; required where a column is hashed
 * @param masterKey that subjects' keys are wrapped with; required where a column is encrypted
 */
public record PersonalDataSettings(Optional<Secret> hashKey, Optional<Secret> masterKey) {

  static PersonalDataSettings none() {
    return new PersonalDataSettings(Optional.empty(), Optional.empty());
  }
}
