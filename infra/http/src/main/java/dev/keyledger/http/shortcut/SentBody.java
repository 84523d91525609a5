package dev.keyledger.http.shortcut;

import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** A body, as it comes in. */
final class SentBody {
  private static final byte[] NOTHING = {};

  private final byte[] bytes;
  private int read;

  private SentBody(int length) {
    bytes = new byte[length];
  }

  /**
   * Reads a body whose length was announced.
   *
   * @return fails if it does not come
   */
  static Mono<byte[]> of(HttpServerRequest request, int length) {
    return length == 0
        ? Mono.just(NOTHING)
        : request.receive().collect(() -> new SentBody(length), SentBody::add).map(SentBody::whole);
  }

  private void add(ByteBuf part) {
    int length = part.readableBytes();
    part.readBytes(bytes, read, length);
    read += length;
  }

  private byte[] whole() {
    if (read != bytes.length) {
      throw new IllegalStateException("the body ended early");
    }
    return bytes;
  }
}
