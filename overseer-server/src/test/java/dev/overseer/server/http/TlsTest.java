package dev.overseer.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.configuration.HttpSettings;
import dev.overseer.server.configuration.HttpSettings.Tls;
import dev.overseer.server.configuration.Secret;
import dev.overseer.server.desk.SampleDesk;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final String PASSWORD = "open-sesame";
  @TempDir private Path directory = Path.of("");

  @Test
  void every_address_may_be_served_with_tls_and_a_token() throws Exception {
    Tls tls = new Tls(keystore(), Secret.of(PASSWORD));
    HttpSettings settings =
        new HttpSettings("0.0.0.0", 0, Optional.of(Secret.of("token")), Optional.of(tls));

    try (HttpServer server =
            HttpServer.start(settings, new SampleDesk(), () -> true, () -> "overseer_up 1\n");
        HttpClient client = HttpClient.newBuilder().sslContext(trusting(server)).build()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + "/metrics"));

      assertThat(server.url()).startsWith("https://127.0.0.1:");
      assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
      request.header("Authorization", "Bearer token");
      assertThat(client.send(request.build(), BodyHandlers.ofString()).body())
          .isEqualTo("overseer_up 1\n");
    }
  }

  @Test
  void a_wrong_password_of_the_key_store_is_refused_without_showing_it() throws Exception {
    Tls tls = new Tls(keystore(), Secret.of("hunter2"));
    HttpSettings settings = new HttpSettings("127.0.0.1", 0, Optional.empty(), Optional.of(tls));

    assertThatThrownBy(() -> HttpServer.start(settings, new SampleDesk(), () -> true, () -> ""))
        .isInstanceOf(InvalidRequest.class)
        .hasMessageContaining("http.tls.password")
        .hasMessageNotContaining("hunter2");
  }

  private Path keystore() throws Exception {
    Path file = directory.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-dname",
                "CN=overseer",
                "-ext",
                "SAN=ip:127.0.0.1")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).as(said).isZero();
    return file;
  }

  private static SSLContext trusting(HttpServer server) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", server.certificate().orElseThrow());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
