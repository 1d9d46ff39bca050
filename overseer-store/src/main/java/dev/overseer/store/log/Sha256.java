package dev.overseer.store.log;

import dev.overseer.model.InvalidRequest;
import dev.overseer.store.disk.Disk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256.
 *
 * @param hex 64 digits in lower case
 */
public record Sha256(String hex) {
  static final int LENGTH = 32;

  private static final int PIECE = 1 << 20;

  /** Stands before the first segment of a log. */
  static final Sha256 NONE = of(new byte[LENGTH]);

  public Sha256 {
    if (!hex.matches("[0-9a-f]{" + 2 * LENGTH + "}")) {
      throw new InvalidRequest("A SHA-256 is 64 hexadecimal digits, but this is '" + hex + "'");
    }
  }

  static Sha256 of(byte[] bytes) {
    return new Sha256(HexFormat.of().formatHex(bytes));
  }

  /** Of a whole file. */
  static Sha256 ofFile(Path file) {
    try (RandomAccessFile access = Disk.openForReading(file)) {
      MessageDigest digest = digest();
      long position = 0;
      byte[] piece = Disk.read(file, access, position, PIECE);
      while (piece.length > 0) {
        digest.update(piece);
        position += piece.length;
        piece = Disk.read(file, access, position, PIECE);
      }
      return of(digest.digest());
    } catch (IOException e) {
      throw Disk.refused(file, "closed", e);
    }
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
