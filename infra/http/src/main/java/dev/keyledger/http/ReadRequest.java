package dev.keyledger.http;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/** A request whose body was read, and comes from memory for whoever reads it next. */
public final class ReadRequest extends ServerHttpRequestDecorator {
  private final Flux<DataBuffer> body;

  /**
   * @param body in place of the request's own
   */
  public ReadRequest(ServerHttpRequest request, Flux<DataBuffer> body) {
    super(request);
    this.body = body;
  }

  /** A body of these bytes, as often as it is asked for. */
  public static Flux<DataBuffer> body(byte[] bytes) {
    return bytes.length == 0
        ? Flux.empty()
        : Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes)));
  }

  @Override
  public Flux<DataBuffer> getBody() {
    return body;
  }
}
