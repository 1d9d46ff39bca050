package dev.overseer.testkit;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The server's major versions that Overseer tails. The newest comes with every build, the others
 * with one that was told {@code -Doverseer.it=all}.
 */
public enum PostgresVersion {
  V14(14),
  V15(15),
  V16(16),
  V17(17),
  V18(18);

  public static final PostgresVersion NEWEST = V18;

  private final int major;

  PostgresVersion(int major) {
    this.major = major;
  }

  /** Those that tests of this run are for: the newest, or every one. */
  public static List<PostgresVersion> tested() {
    return "all".equals(System.getProperty("overseer.it")) ? List.of(values()) : List.of(NEWEST);
  }

  public static PostgresVersion of(int major) {
    return Arrays.stream(values())
        .filter(version -> version.major == major)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("There is no Postgres " + major + " to test with"));
  }

  public int major() {
    return major;
  }

  /** Where the library finds this version, which is not the one that it brings itself. */
  PgBinaryResolver resolver() {
    return (system, hardware) -> {
      String resource =
          "/postgres/%d/postgres-%s-%s.txz"
              .formatted(major, system, hardware)
              .toLowerCase(Locale.ROOT);
      InputStream binary = PostgresVersion.class.getResourceAsStream(resource);
      if (binary == null) {
        throw new IllegalStateException(
            "This build brings no " + resource + ": build it with -Doverseer.it=all");
      }
      return binary;
    };
  }
}
