package dev.overseer.store.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.overseer.model.CorruptStore;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.Subject;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What subjects' keys are wrapped with (AES-256-GCM), and their subjects hidden. All of it follows
 * from one secret of the configuration. Immutable; safe for many threads.
 */
public final class MasterKey {
  static final int KEY_LENGTH = 32;
  static final int WRAPPED_LENGTH = 12 + KEY_LENGTH + 16;

  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;

  private final KeyedHash subjects;
  private final KeyedHash checks;
  private final SecretKeySpec wrapping;

  private MasterKey(KeyedHash secret) {
    this.subjects = secret.derive("subject");
    this.checks = secret.derive("check");
    this.wrapping = new SecretKeySpec(secret.of("wrapping".getBytes(UTF_8)), "AES");
  }

  /**
   * @param name what the configuration calls it
   * @throws dev.overseer.model.InvalidRequest when it is too short
   */
  public static MasterKey of(String name, String secret) {
    return new MasterKey(KeyedHash.of(name, secret, "master"));
  }

  /** What stands for a subject: nobody without the master key can tell which it is. */
  byte[] hidden(Subject subject) {
    return subjects.of((subject.kind() + '\0' + subject.name()).getBytes(UTF_8));
  }

  /** Tells this master key from others, and nothing of it. */
  byte[] check() {
    return checks.of(new byte[0]);
  }

  byte[] wrap(byte[] key, byte[] context, RandomGenerator random) {
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    try {
      byte[] wrapped = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(key);
      return ByteBuffer.allocate(WRAPPED_LENGTH).put(nonce).put(wrapped).array();
    } catch (GeneralSecurityException e) {
      throw new InvariantViolated("Every Java has AES-GCM", e);
    }
  }

  /** Fails with {@link CorruptStore} when that is not what was wrapped. */
  byte[] unwrap(byte[] wrapped, byte[] context) {
    byte[] nonce = Arrays.copyOf(wrapped, NONCE_LENGTH);
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce, context)
          .doFinal(wrapped, NONCE_LENGTH, wrapped.length - NONCE_LENGTH);
    } catch (AEADBadTagException e) {
      throw new CorruptStore("A stored key of a subject is not what was written", e);
    } catch (GeneralSecurityException e) {
      throw new InvariantViolated("Every Java has AES-GCM", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, wrapping, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context);
    return cipher;
  }
}
