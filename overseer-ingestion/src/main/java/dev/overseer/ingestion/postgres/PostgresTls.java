package dev.overseer.ingestion.postgres;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * How connections are protected on their way; the modes are those of Postgres's own clients.
 *
 * @param rootCertificate a file in PEM form of whom to trust; where it is absent, the modes that
 *     verify take the driver's own place, {@code ~/.postgresql/root.crt}
 */
public record PostgresTls(Mode mode, Optional<Path> rootCertificate) {

  /** From none to all. */
  public enum Mode {
    DISABLE,
    /** Encrypts where the server can, and believes whoever answers. */
    PREFER,
    /** Encrypts or fails, and believes whoever answers. */
    REQUIRE,
    /** The server's certificate must come from whom we trust. */
    VERIFY_CA,
    /** And it must be for the host that the address names. */
    VERIFY_FULL;

    /** As Postgres writes it: {@code verify-full}. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
