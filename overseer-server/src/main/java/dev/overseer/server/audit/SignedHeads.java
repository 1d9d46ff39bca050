package dev.overseer.server.audit;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** {@link Heads} in a file, and their Ed25519 signature in another beside it. */
public final class SignedHeads {
  private SignedHeads() {}

  /** Where the signature of a file is: 64 bytes, as {@code openssl pkeyutl -rawin} reads them. */
  public static Path signature(Path file) {
    return file.resolveSibling(file.getFileName() + ".sig");
  }

  /** Writes the file, and with a key its signature. */
  public static void write(Heads heads, Path file, Optional<Path> privateKey) {
    Optional<byte[]> signed = privateKey.map(key -> Ed25519.sign(heads.bytes(), key));
    try {
      Files.write(file, heads.bytes());
      if (signed.isPresent()) {
        Files.write(signature(file), signed.get());
      }
    } catch (IOException e) {
      throw new Unavailable("The heads could not be written to " + file, e);
    }
  }

  /**
   * Reads the file.
   *
   * @param publicKey whose signature it must have, if anyone's
   * @throws InvalidRequest when there is no such signature
   */
  public static Heads read(Path file, Optional<Path> publicKey) {
    Heads heads = Heads.read(file);
    publicKey.ifPresent(key -> requireSigned(heads, file, key));
    return heads;
  }

  private static void requireSigned(Heads heads, Path file, Path publicKey) {
    try {
      byte[] signed = Files.readAllBytes(signature(file));
      if (!Ed25519.isSigned(heads.bytes(), signed, publicKey)) {
        throw new InvalidRequest(
            "%s is not the signature of %s under %s: one of them was altered"
                .formatted(signature(file), file, publicKey));
      }
    } catch (NoSuchFileException e) {
      throw new InvalidRequest("There is no signature " + signature(file));
    } catch (IOException e) {
      throw new Unavailable("The signature " + signature(file) + " cannot be read", e);
    }
  }
}
