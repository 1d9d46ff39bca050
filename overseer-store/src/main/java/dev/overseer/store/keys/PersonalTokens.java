package dev.overseer.store.keys;

import dev.overseer.model.InvariantViolated;
import dev.overseer.model.Subject;
import dev.overseer.model.Tokens;
import java.util.Base64;
import java.util.Optional;

/** Tokens under the secrets that the configuration gives. Safe for many threads. */
public final class PersonalTokens implements Tokens {
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final Optional<KeyedHash> hashing;
  private final Optional<SubjectKeys> keys;

  /**
   * @param hashing absent where no column is hashed
   * @param keys absent where no column is encrypted
   */
  public PersonalTokens(Optional<KeyedHash> hashing, Optional<SubjectKeys> keys) {
    this.hashing = hashing;
    this.keys = keys;
  }

  /** 43 characters: the hash in Base64 for addresses, without padding. */
  @Override
  public String hash(byte[] text) {
    KeyedHash hash =
        hashing.orElseThrow(() -> new InvariantViolated("A hashed column without a key for it"));
    return TEXT.encodeToString(hash.of(text));
  }

  @Override
  public String encrypt(Subject subject, byte[] text) {
    return keys.orElseThrow(() -> new InvariantViolated("An encrypted column without a key for it"))
        .of(subject)
        .encrypt(text);
  }

  @Override
  public void keep() {
    keys.ifPresent(SubjectKeys::keep);
  }
}
