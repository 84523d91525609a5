package dev.keyledger.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyledger.testkit.TestPlatform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A node that is told to stop first answers the calls that are on their way to it. */
class ShutdownIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String BODY = "{\"label\": \"Bot1x\"}";

  @Test
  void aCommandWhoseBodyComesDuringTheShutdownIsStillHandled() throws Exception {
    TestNode node = TestNode.start();
    int port = node.port();
    CompletableFuture<Void> stopped;
    try (Socket call = connect(port)) {
      call.setSoTimeout(Math.toIntExact(SOON.toMillis()));
      BufferedReader answer =
          new BufferedReader(new InputStreamReader(call.getInputStream(), UTF_8));
      write(call, head());
      assertThat(answer.readLine()).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(answer.readLine()).isEmpty();

      stopped = CompletableFuture.runAsync(node::close);
      await().atMost(SOON).until(() -> refusesCalls(port));
      write(call, BODY);

      assertThat(answer.readLine()).isEqualTo("HTTP/1.1 202 Accepted");
    }
    assertThat(stopped).succeedsWithin(SOON);
  }

  private static String head() {
    TestPlatform platform = TestPlatform.get();
    String account = platform.freshName("acct");
    return """
    POST /v1/keys HTTP/1.1
    Host: 127.0.0.1
    Authorization: Bearer %s
    Content-Type: application/json
    Content-Length: %d
    Expect: 100-continue

    """
        .formatted(platform.token(account, account + "@example.com"), BODY.length())
        .replace("\n", "\r\n");
  }

  private static void write(Socket call, String text) throws IOException {
    call.getOutputStream().write(text.getBytes(UTF_8));
    call.getOutputStream().flush();
  }

  private static boolean refusesCalls(int port) throws IOException {
    try (Socket _ = connect(port)) {
      return false;
    } catch (ConnectException refused) {
      return true;
    }
  }

  private static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
  }
}
