package dev.overseer.server.audit;

import dev.overseer.model.InvalidRequest;
import dev.overseer.model.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EncodedKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.function.Function;

/**
 * Signatures under keys in PEM files, as {@code openssl genpkey -algorithm ed25519} and {@code
 * openssl pkey -pubout} write them.
 */
final class Ed25519 {
  private static final String ALGORITHM = "Ed25519";

  private Ed25519() {}

  /**
   * @throws InvalidRequest when the file holds no private key of this kind
   */
  static byte[] sign(byte[] bytes, Path privateKey) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(read(privateKey, "PRIVATE KEY", PKCS8EncodedKeySpec::new)));
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw noKey(privateKey, "private", e);
    }
  }

  /**
   * @throws InvalidRequest when the file holds no public key of this kind
   */
  static boolean isSigned(byte[] bytes, byte[] signed, Path publicKey) {
    Signature signature;
    try {
      signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(
          KeyFactory.getInstance(ALGORITHM)
              .generatePublic(read(publicKey, "PUBLIC KEY", X509EncodedKeySpec::new)));
    } catch (GeneralSecurityException e) {
      throw noKey(publicKey, "public", e);
    }
    try {
      signature.update(bytes);
      return signature.verify(signed);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  private static EncodedKeySpec read(
      Path file, String kind, Function<byte[], EncodedKeySpec> encoding) {
    try {
      String pem = Files.readString(file);
      String begin = "-----BEGIN " + kind + "-----";
      int from = pem.indexOf(begin);
      int to = pem.indexOf("-----END " + kind + "-----");
      if (from < 0 || to < from) {
        throw new InvalidRequest("The file %s holds no '%s'".formatted(file, begin));
      }
      return encoding.apply(
          Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to)));
    } catch (NoSuchFileException e) {
      throw new InvalidRequest("There is no file " + file);
    } catch (IOException e) {
      throw new Unavailable("The file " + file + " cannot be read", e);
    }
  }

  private static InvalidRequest noKey(Path file, String kind, Exception cause) {
    return new InvalidRequest(
        "The file %s holds no %s key of the kind Ed25519: %s"
            .formatted(file, kind, cause.getMessage()));
  }
}
