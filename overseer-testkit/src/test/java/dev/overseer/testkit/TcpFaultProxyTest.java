package dev.overseer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpFaultProxyTest {
  private final ServerSocket target;
  private final TcpFaultProxy proxy;

  TcpFaultProxyTest() throws IOException {
    target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    proxy = TcpFaultProxy.to(target.getLocalPort());
  }

  private Socket client;
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    server = target.accept();
    server.setSoTimeout(5_000);
    client.setSoTimeout(5_000);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    proxy.close();
    target.close();
  }

  @Test
  void bytes_pass_both_ways() throws IOException {
    client.getOutputStream().write(7);
    assertThat(server.getInputStream().read()).isEqualTo(7);
    server.getOutputStream().write(8);
    assertThat(client.getInputStream().read()).isEqualTo(8);
  }

  @Test
  void a_pause_holds_bytes_back_and_loses_none() throws IOException {
    proxy.pause();
    client.getOutputStream().write(7);
    server.setSoTimeout(100);
    assertThatThrownBy(() -> server.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    server.setSoTimeout(5_000);
    proxy.resume();
    assertThat(server.getInputStream().read()).isEqualTo(7);
  }

  @Test
  void a_cut_closes_what_is_open_and_new_connections_pass() throws IOException {
    proxy.cut();
    assertThat(server.getInputStream().read()).isEqualTo(-1);
    try (Socket again = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        Socket accepted = target.accept()) {
      again.getOutputStream().write(9);
      assertThat(accepted.getInputStream().read()).isEqualTo(9);
    }
  }

  @Test
  void a_connection_that_the_target_refuses_is_closed() throws IOException {
    target.close();
    try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      refused.setSoTimeout(5_000);
      assertThat(refused.getInputStream().read()).isEqualTo(-1);
    }
  }
}
