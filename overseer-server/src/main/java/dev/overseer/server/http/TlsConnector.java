package dev.overseer.server.http;

import dev.overseer.model.InvalidRequest;
import dev.overseer.server.configuration.HttpSettings;
import dev.overseer.server.configuration.HttpSettings.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collections;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** HTTPS, with the key and certificates of a PKCS #12 file. */
final class TlsConnector {
  private TlsConnector() {}

  static ServerConnector of(
      Server server,
      HttpConfiguration configuration,
      HttpSettings settings,
      KeyStore keys,
      Tls tls) {
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setKeyStore(keys);
    context.setKeyStorePassword(tls.password().reveal());
    HttpConfiguration secure = new HttpConfiguration(configuration);
    SecureRequestCustomizer customizer = new SecureRequestCustomizer();
    customizer.setSniHostCheck(false);
    secure.addCustomizer(customizer);
    ServerConnector connector =
        new ServerConnector(server, context, new HttpConnectionFactory(secure));
    connector.setHost(settings.address().getHostAddress());
    connector.setPort(settings.port());
    return connector;
  }

  /** Fails with {@link InvalidRequest} when the file, its password or its content is wrong. */
  static KeyStore keys(Tls tls) {
    try (InputStream in = Files.newInputStream(tls.keystore())) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, tls.password().reveal().toCharArray());
      certificate(keys);
      return keys;
    } catch (IOException | GeneralSecurityException e) {
      throw new InvalidRequest(
          "The key store %s cannot be read as PKCS #12 with the password of http.tls.password: %s"
              .formatted(tls.keystore(), e.getMessage()),
          e);
    }
  }

  /** The certificate that clients will see. */
  static Certificate certificate(KeyStore keys) throws GeneralSecurityException {
    for (String alias : Collections.list(keys.aliases())) {
      if (keys.isKeyEntry(alias)) {
        return keys.getCertificate(alias);
      }
    }
    throw new InvalidRequest("The key store of http.tls.keystore holds no private key");
  }
}
