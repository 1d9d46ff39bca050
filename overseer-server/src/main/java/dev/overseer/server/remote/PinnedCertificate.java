package dev.overseer.server.remote;

import dev.overseer.model.InvalidRequest;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts one certificate, whatever name it is for and whoever signed it: the server left it in a
 * directory of this machine, and the name in it is rarely 127.0.0.1.
 */
final class PinnedCertificate extends X509ExtendedTrustManager {
  private final X509Certificate certificate;

  private PinnedCertificate(X509Certificate certificate) {
    this.certificate = certificate;
  }

  static SSLContext context(String base64) {
    try {
      byte[] der = Base64.getDecoder().decode(base64);
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new PinnedCertificate(certificate)}, null);
      return context;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new InvalidRequest("The certificate in server.json is none", e);
    }
  }

  private void require(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0 || !chain[0].equals(certificate)) {
      throw new CertificateException("It is not the server that wrote server.json");
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    require(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    require(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    require(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    require(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    require(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    require(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
