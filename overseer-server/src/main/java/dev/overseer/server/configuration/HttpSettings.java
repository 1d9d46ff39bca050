package dev.overseer.server.configuration;

import dev.overseer.model.InvalidRequest;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where HTTP is served. Beyond loopback only with TLS and a token.
 *
 * @param bind an IP address, or {@code localhost}
 * @param port 0: any free one
 */
public record HttpSettings(String bind, int port, Optional<Secret> token, Optional<Tls> tls) {
  static final int PORT_DEFAULT = 8500;
  private static final String LOOPBACK = "127.0.0.1";

  public HttpSettings {
    fault(bind, tls.isPresent(), token.isPresent())
        .ifPresent(
            fault -> {
              throw new InvalidRequest(fault);
            });
  }

  /** A PKCS #12 key store with one private key and its certificate chain. */
  public record Tls(Path keystore, Secret password) {}

  public static HttpSettings onLoopback(int port) {
    return new HttpSettings(LOOPBACK, port, Optional.empty(), Optional.empty());
  }

  static HttpSettings defaults() {
    return onLoopback(PORT_DEFAULT);
  }

  public InetAddress address() {
    return address(bind).orElseThrow();
  }

  public boolean isOnLoopback() {
    return address().isLoopbackAddress();
  }

  /** What forbids to serve there, and what to do; empty when nothing does. */
  static Optional<String> fault(String bind, boolean tls, boolean token) {
    Optional<InetAddress> address = address(bind);
    if (address.isEmpty()) {
      return Optional.of("'%s' is no IP address, as 127.0.0.1 is, nor localhost".formatted(bind));
    }
    if (address.get().isLoopbackAddress() || (tls && token)) {
      return Optional.empty();
    }
    String missing = tls ? "http.token" : token ? "http.tls" : "http.tls and http.token";
    return Optional.of(
        "'%s' can be reached from other machines, which needs TLS and a token: set %s, or bind to %s"
            .formatted(bind, missing, LOOPBACK));
  }

  private static Optional<InetAddress> address(String bind) {
    try {
      return Optional.of(InetAddress.ofLiteral(bind.equals("localhost") ? LOOPBACK : bind));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
