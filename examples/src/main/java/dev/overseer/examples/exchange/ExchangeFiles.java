package dev.overseer.examples.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The exchange's schemas and Overseer's configuration for it, as they are in the resources. */
public final class ExchangeFiles {
  private ExchangeFiles() {}

  /** The payments database's tables. */
  public static String paymentsSchema() {
    return read("payments.sql");
  }

  /** The ledger database's tables. */
  public static String ledgerSchema() {
    return read("ledger.sql");
  }

  /** The configuration, for databases at these JDBC addresses. */
  public static String configuration(String paymentsUrl, String ledgerUrl) {
    return read("overseer.yaml").replace("{payments}", paymentsUrl).replace("{ledger}", ledgerUrl);
  }

  private static String read(String name) {
    try (InputStream in = ExchangeFiles.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The program's own file " + name + " cannot be read", e);
    }
  }
}
