package dev.overseer.server.http;

import dev.overseer.server.configuration.HttpSettings;
import dev.overseer.server.configuration.Secret;
import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. On loopback anybody on this machine may, but no web page: a page of a stranger can
 * make a browser ask 127.0.0.1, under the stranger's own host name (DNS rebinding) or as a foreign
 * origin, and both are refused. With a token configured, whoever asks must know it.
 */
final class AccessRules {
  private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String BEARER = "Bearer ";

  private final HttpSettings settings;

  AccessRules(HttpSettings settings) {
    this.settings = settings;
  }

  /** Why the request is refused; empty when it is not. */
  Optional<Refusal> refusal(Context request) {
    if (settings.isOnLoopback()) {
      if (!LOOPBACK_HOSTS.contains(hostOf(request.header("Host")))) {
        return Optional.of(
            new Refusal(
                421, "Ask by the name localhost or 127.0.0.1: other host names are refused"));
      }
      String origin = request.header("Origin");
      if (origin != null && !isOwn(origin)) {
        return Optional.of(new Refusal(403, "Requests of other web pages are refused"));
      }
    }
    return knowsTheToken(request)
        ? Optional.empty()
        : Optional.of(new Refusal(401, "Send the token: Authorization: Bearer ..."));
  }

  boolean knowsTheToken(Context request) {
    return settings.token().map(token -> matches(token, request)).orElse(true);
  }

  /** In a time that does not depend on how much of the token is right. */
  private static boolean matches(Secret token, Context request) {
    String header = request.header("Authorization");
    String offered =
        header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : "";
    return MessageDigest.isEqual(bytes(offered), bytes(token.reveal()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isOwn(String origin) {
    try {
      return LOOPBACK_HOSTS.contains(hostOf(URI.create(origin).getRawAuthority()));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static String hostOf(@Nullable String authority) {
    return authority == null ? "" : authority.replaceFirst(":\\d*$", "");
  }

  /** An HTTP status and a sentence. */
  record Refusal(int status, String text) {}
}
