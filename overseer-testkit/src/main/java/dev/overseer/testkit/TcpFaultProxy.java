package dev.overseer.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP port of this machine that forwards to another one, and can be troubled: {@link #pause}
 * holds back everything in both directions while the connections stay open, as a stalled network
 * does; {@link #cut} closes all connections. Forwards in order, loses nothing that was not cut. A
 * connection that the target refuses is closed. Safe for many threads; owns its own.
 */
public final class TcpFaultProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

  private volatile InetSocketAddress target;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock gate = new ReentrantLock();
  private final Condition moved = gate.newCondition();
  private boolean paused;
  private boolean closed;

  private TcpFaultProxy(InetSocketAddress target, ServerSocket listener) {
    this.target = target;
    this.listener = listener;
  }

  /** Forwards from a free port of the loopback interface to {@code port} of the same. */
  public static TcpFaultProxy to(int port) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try {
      TcpFaultProxy proxy =
          new TcpFaultProxy(
              new InetSocketAddress(loopback, port), new ServerSocket(0, 50, loopback));
      Thread.ofVirtual().name("tcp-fault-proxy").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on the loopback interface", e);
    }
  }

  /** The port to connect to instead of the target's. */
  public int port() {
    return listener.getLocalPort();
  }

  /** From now on no byte passes, in either direction, until {@link #resume}. */
  public void pause() {
    change(() -> paused = true);
  }

  /** Everything that was held back passes. */
  public void resume() {
    change(() -> paused = false);
  }

  /** New connections go to another port, as when a virtual address moves; old ones are closed. */
  public void redirect(int port) {
    target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    cut();
  }

  /** Closes every connection; new ones are accepted as before. */
  public void cut() {
    open.forEach(TcpFaultProxy::closeQuietly);
  }

  @Override
  public void close() {
    change(() -> closed = true);
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot stop listening on port " + port(), e);
    } finally {
      cut();
    }
  }

  private void change(Runnable change) {
    gate.lock();
    try {
      change.run();
      moved.signalAll();
    } finally {
      gate.unlock();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException e) {
        // Closed, which ends the loop; or one connection was lost before it was accepted.
        continue;
      }
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    open.add(client);
    open.add(server);
    try {
      server.connect(target, CONNECT_TIMEOUT_MILLIS);
      server.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> forward(client, server));
      forward(server, client);
    } catch (IOException e) {
      end(client, server);
    }
  }

  private void forward(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0 && passGate(); n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // One side has gone: the other is told by closing it, below.
    } finally {
      end(from, to);
    }
  }

  /** Waits while paused; false once the proxy is closed. */
  private boolean passGate() {
    gate.lock();
    try {
      while (paused && !closed) {
        moved.awaitUninterruptibly();
      }
      return !closed;
    } finally {
      gate.unlock();
    }
  }

  private void end(Socket one, Socket other) {
    closeQuietly(one);
    closeQuietly(other);
    open.remove(one);
    open.remove(other);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
