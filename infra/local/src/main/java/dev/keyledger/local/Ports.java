package dev.keyledger.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** TCP ports on the loopback address. */
public final class Ports {
  private Ports() {}

  /** A port that was free a moment ago. */
  public static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether somebody listens on this port already, or it may not be bound. */
  public static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, loopback())) {
      return socket.getLocalPort() != port;
    } catch (IOException e) {
      return true;
    }
  }

  static InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }
}
