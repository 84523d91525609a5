package dev.keyledger.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks whether a Docker daemon answers, quickly and without a word in the log. */
final class Docker {
  private static final long PATIENCE_MILLIS = 2000;
  private static final byte[] PING = "GET /_ping HTTP/1.0\r\n\r\n".getBytes(US_ASCII);

  private Docker() {}

  static boolean answers(Map<String, String> environment) throws InterruptedException {
    for (SocketAddress address : addresses(environment)) {
      if (answers(address)) {
        return true;
      }
    }
    return false;
  }

  private static List<SocketAddress> addresses(Map<String, String> environment) {
    String host = environment.getOrDefault("DOCKER_HOST", "");
    if (!host.isEmpty()) {
      URI uri = URI.create(host);
      return uri.getPort() > 0
          ? List.of(new InetSocketAddress(uri.getHost(), uri.getPort()))
          : List.of(UnixDomainSocketAddress.of(Path.of(uri.getPath())));
    }
    return List.of(
        UnixDomainSocketAddress.of("/var/run/docker.sock"),
        UnixDomainSocketAddress.of(
            Path.of(System.getProperty("user.home"), ".docker/run/docker.sock")));
  }

  private static boolean answers(SocketAddress address) throws InterruptedException {
    var ping = new FutureTask<>(() -> ping(address));
    Thread.ofPlatform().daemon().name("docker-ping").start(ping);
    try {
      return ping.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private static boolean ping(SocketAddress address) throws IOException {
    try (SocketChannel channel = SocketChannel.open(address)) {
      channel.write(ByteBuffer.wrap(PING));
      ByteBuffer answer = ByteBuffer.allocate(12);
      while (answer.hasRemaining() && channel.read(answer) >= 0) {}
      return new String(answer.array(), US_ASCII).endsWith(" 200");
    }
  }
}
