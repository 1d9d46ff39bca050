package dev.overseer.server.transcript;

import dev.overseer.model.InvariantViolated;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over lines and the line feeds that end them. */
final class LinesDigest {
  private final MessageDigest digest;

  LinesDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new InvariantViolated("Every Java has SHA-256", e);
    }
  }

  void add(byte[] line) {
    digest.update(line);
    digest.update((byte) '\n');
  }

  /** Of all lines so far; to be asked once. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
