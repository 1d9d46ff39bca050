package dev.overseer.runner.journal;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.InvariantViolated;
import dev.overseer.model.RecordKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Makes one id of several parts: the first 128 bits of their SHA-256, each part preceded by its
 * length, so that no two lists of parts run together.
 */
final class Fingerprint {
  private static final int ID_BYTES = 16;
  private final MessageDigest digest;

  Fingerprint(String kind) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new InvariantViolated("Every Java runtime has SHA-256", missing);
    }
    add(kind);
  }

  Fingerprint add(String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    digest.update(bytes);
    return this;
  }

  Fingerprint add(long part) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(part).flip());
    return this;
  }

  Fingerprint add(RecordKey key) {
    add(key.model().value()).add(key.values().size());
    key.values().forEach(this::add);
    return this;
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
  }

  /** The id in lower case; what cannot be one is refused in the words of whoever typed it. */
  static String checked(String kind, String hex) {
    if (hex.length() != 2 * ID_BYTES || !hex.chars().allMatch(HexFormat::isHexDigit)) {
      throw new InvalidRequest(
          "A %s id is %d hexadecimal digits, but this one is '%s'"
              .formatted(kind, 2 * ID_BYTES, hex));
    }
    return hex.toLowerCase(Locale.ROOT);
  }
}
