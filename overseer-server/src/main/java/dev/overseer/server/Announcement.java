package dev.overseer.server;

import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.configuration.Secret;
import dev.overseer.server.http.HttpServer;
import dev.overseer.server.remote.ServerAddress;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;

/** The file by which the command line finds the server: there as long as this is open. */
record Announcement(Path dataDirectory) implements AutoCloseable {

  static Announcement of(HttpServer http, Configuration configuration) {
    new ServerAddress(
            http.url(),
            ProcessHandle.current().pid(),
            configuration.http().token().map(Secret::toString),
            http.certificate().map(Announcement::base64))
        .write(configuration.dataDirectory());
    return new Announcement(configuration.dataDirectory());
  }

  @Override
  public void close() {
    ServerAddress.remove(dataDirectory);
  }

  private static String base64(Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("A certificate that serves has an encoding", e);
    }
  }
}
