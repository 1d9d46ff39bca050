package dev.overseer.store.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.InvariantViolated;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 under one key: whoever does not have the key can neither make nor guess what it
 * gives. Immutable; safe for many threads.
 */
public final class KeyedHash {
  /** Shorter ones could be guessed by trying them all. */
  private static final int SECRET_MIN = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  KeyedHash(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * Under a secret of the configuration; keys for different purposes are different.
   *
   * @param name what the configuration calls it
   * @throws InvalidRequest when it is too short
   */
  public static KeyedHash of(String name, String secret, String purpose) {
    if (secret.length() < SECRET_MIN) {
      throw new InvalidRequest(
          "The secret %s has %d characters, and must have %d: take random ones"
              .formatted(name, secret.length(), SECRET_MIN));
    }
    return new KeyedHash(secret.getBytes(UTF_8)).derive(purpose);
  }

  /** Another key, from which this one cannot be found. */
  KeyedHash derive(String purpose) {
    return new KeyedHash(of(purpose.getBytes(UTF_8)));
  }

  /** 32 bytes. */
  byte[] of(byte[] text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new InvariantViolated("Every Java has HMAC-SHA-256", e);
    }
  }
}
