package dev.overseer.store.keys;

import dev.overseer.model.InvariantViolated;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts one subject's values so that equal ones give equal tokens: the synthetic initialization
 * vector of Rogaway and Shrimpton, here 16 bytes of HMAC-SHA-256 over the text, which also proves
 * the text when it is decrypted, and AES-256 in counter mode. A token is the key's name in 12
 * characters, then vector and cipher text, in Base64 for addresses without padding.
 */
final class SubjectKey {
  static final int NAME_CHARACTERS = 12;

  private static final int VECTOR_LENGTH = 16;

  private final String name;
  private final KeyedHash vectors;
  private final SecretKeySpec encryption;

  SubjectKey(byte[] name, byte[] key) {
    KeyedHash secret = new KeyedHash(key);
    this.name = Base64.getUrlEncoder().encodeToString(name);
    this.vectors = secret.derive("vector");
    this.encryption = new SecretKeySpec(secret.of(new byte[] {'e'}), "AES");
  }

  String encrypt(byte[] text) {
    byte[] vector = vector(text);
    byte[] sealed =
        ByteBuffer.allocate(VECTOR_LENGTH + text.length)
            .put(vector)
            .put(crypt(vector, text))
            .array();
    return name + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /** Empty when it is no token of this key. */
  Optional<byte[]> decrypt(String token) {
    if (!token.startsWith(name)) {
      return Optional.empty();
    }
    byte[] sealed = Base64.getUrlDecoder().decode(token.substring(NAME_CHARACTERS));
    byte[] vector = Arrays.copyOf(sealed, VECTOR_LENGTH);
    byte[] text = crypt(vector, Arrays.copyOfRange(sealed, VECTOR_LENGTH, sealed.length));
    return Arrays.equals(vector, vector(text)) ? Optional.of(text) : Optional.empty();
  }

  private byte[] vector(byte[] text) {
    return Arrays.copyOf(vectors.of(text), VECTOR_LENGTH);
  }

  /** In counter mode, to encrypt is to decrypt. */
  private byte[] crypt(byte[] vector, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, encryption, new IvParameterSpec(vector));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new InvariantViolated("Every Java has AES in counter mode", e);
    }
  }
}
