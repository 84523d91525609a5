package dev.keyledger.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What one connection may be used for (RFC 9112 section 9.3). */
class KeepAliveTest extends HttpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Answered from another thread than the one that reads requests. */
  private static final String ELSEWHERE = "/v1/things/open";

  /** Answered at once, by the thread that reads requests. */
  private static final String AT_ONCE = "/v1/things%00";

  /** Reactor Netty 1.3.7 read nothing more after this (its issue 4361). */
  @Test
  void goesOnAfterARequestThatCameBeforeTheLastOneWasDone() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      send(socket, request(ELSEWHERE) + request(AT_ONCE));
      assertThat(status(in)).isEqualTo("HTTP/1.1 200 OK");
      assertThat(status(in)).isEqualTo("HTTP/1.1 400 Bad Request");

      send(socket, request(ELSEWHERE));
      assertThat(status(in)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  private static String request(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  /** The status line of the next answer; its body is read, too. */
  private static String status(BufferedReader in) throws IOException {
    String status = in.readLine();
    int length = 0;
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).strip());
      }
    }
    in.skip(length);
    return status;
  }
}
