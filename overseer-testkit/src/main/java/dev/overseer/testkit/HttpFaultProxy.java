package dev.overseer.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A port of this machine that hands HTTP requests on to another one, and fails as servers of the S3
 * protocol do, by a seed: never more than a few times in a row. Requests keep their bytes, so that
 * their signatures stay right; each has a connection of its own. A request and its reply are in
 * memory while they pass. Safe for many threads; owns its own.
 */
public final class HttpFaultProxy implements AutoCloseable {
  private static final int IN_A_ROW_MAX = 3;
  private static final int PAUSE_MILLIS_MAX = 2_000;
  private static final int HEAD_BYTES_MAX = 64 << 10;
  private static final String END = "\r\n\r\n";

  private final int port;
  private volatile double faulty;
  private final ServerSocket listener;
  private final Random dice;
  private final Map<Fault, Integer> injected = new EnumMap<>(Fault.class);
  private int inARow;

  /** What may happen to a request. */
  public enum Fault {
    /** The connection is cut before anything is done. */
    RESET,
    INTERNAL_ERROR,
    SLOW_DOWN,
    /** It is done, and the connection is cut before the reply. */
    LOST_REPLY,
    /** The reply ends somewhere. */
    TRUNCATED,
    /** The reply comes late. */
    PAUSED
  }

  private HttpFaultProxy(int port, double faulty, long seed, ServerSocket listener) {
    this.port = port;
    this.faulty = faulty;
    this.dice = new Random(seed);
    this.listener = listener;
  }

  /**
   * @param port of the server, on the loopback interface
   * @param faulty which part of all requests, about
   */
  public static HttpFaultProxy to(int port, double faulty, long seed) {
    try {
      HttpFaultProxy proxy =
          new HttpFaultProxy(
              port, faulty, seed, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().name("http-fault-proxy").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on the loopback interface", e);
    }
  }

  /** The port to connect to instead of the server's. */
  public int port() {
    return listener.getLocalPort();
  }

  /** From now on nothing fails. */
  public void heal() {
    faulty = 0;
  }

  /** How often each fault has happened. */
  public synchronized Map<Fault, Integer> injected() {
    return Map.copyOf(injected);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot stop listening on port " + port(), e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        // Closed, which ends the loop; or one connection was lost before it was accepted.
        continue;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      String head = head(in);
      if (head.isEmpty()) {
        return;
      }
      Throw thrown = throwDice();
      if (thrown.is(Fault.RESET)) {
        client.setSoLinger(true, 0);
        return;
      }
      byte[] body = body(head, in, client.getOutputStream());
      answer(thrown, head, body, client);
    } catch (IOException e) {
      // The client has gone, or the server has: the other side sees its connection end.
    }
  }

  private void answer(Throw thrown, String head, byte[] body, Socket client) throws IOException {
    if (thrown.is(Fault.INTERNAL_ERROR)) {
      refuse(client, "500 Internal Server Error", "InternalError");
    } else if (thrown.is(Fault.SLOW_DOWN)) {
      refuse(client, "503 Slow Down", "SlowDown");
    } else {
      byte[] reply = forward(head, body);
      if (thrown.is(Fault.LOST_REPLY)) {
        client.setSoLinger(true, 0);
        return;
      }
      if (thrown.is(Fault.PAUSED)) {
        LockSupport.parkNanos(1_000_000L * (long) (PAUSE_MILLIS_MAX * thrown.chance()));
      }
      int length =
          thrown.is(Fault.TRUNCATED) ? (int) (reply.length * thrown.chance()) : reply.length;
      client.getOutputStream().write(reply, 0, length);
    }
  }

  /** Asks the server to end the connection after its reply, so that its end is the reply's. */
  private byte[] forward(String head, byte[] body) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = server.getOutputStream();
      out.write(
          (without(head, "connection", "expect") + "\r\nConnection: close" + END)
              .getBytes(ISO_8859_1));
      out.write(body);
      out.flush();
      return server.getInputStream().readAllBytes();
    }
  }

  private static void refuse(Socket client, String status, String code) throws IOException {
    String body = "<Error><Code>%s</Code><Message>Injected</Message></Error>".formatted(code);
    String reply =
        "HTTP/1.1 %s\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close%s%s"
            .formatted(status, body.length(), END, body);
    client.getOutputStream().write(reply.getBytes(ISO_8859_1));
  }

  /** The request's first line and headers, without the empty line; empty when there is none. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int octet = in.read(); octet >= 0 && head.size() < HEAD_BYTES_MAX; octet = in.read()) {
      head.write(octet);
      if (octet == '\n' && head.toString(ISO_8859_1).endsWith(END)) {
        String text = head.toString(ISO_8859_1);
        return text.substring(0, text.length() - END.length());
      }
    }
    return "";
  }

  private static byte[] body(String head, InputStream in, OutputStream out) throws IOException {
    int length =
        head.lines().filter(it -> is(it, "content-length")).mapToInt(HttpFaultProxy::number).sum();
    if (length > 0 && head.lines().anyMatch(it -> is(it, "expect"))) {
      out.write(("HTTP/1.1 100 Continue" + END).getBytes(ISO_8859_1));
      out.flush();
    }
    return in.readNBytes(length);
  }

  private static String without(String head, String... headers) {
    return String.join(
        "\r\n",
        head.lines()
            .filter(line -> Arrays.stream(headers).noneMatch(header -> is(line, header)))
            .toList());
  }

  private static boolean is(String line, String header) {
    return line.regionMatches(true, 0, header + ":", 0, header.length() + 1);
  }

  private static int number(String line) {
    return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
  }

  /**
   * @param face which of the faults; beyond them, none
   * @param chance from 0 to 1, for what the fault needs
   */
  private record Throw(int face, double chance) {
    boolean is(Fault fault) {
      return face == fault.ordinal();
    }
  }

  private synchronized Throw throwDice() {
    int faults = Fault.values().length;
    boolean none = dice.nextDouble() >= faulty || inARow == IN_A_ROW_MAX;
    int face = none ? faults : dice.nextInt(faults);
    inARow = none ? 0 : inARow + 1;
    if (!none) {
      injected.merge(Fault.values()[face], 1, Integer::sum);
    }
    return new Throw(face, dice.nextDouble());
  }
}
