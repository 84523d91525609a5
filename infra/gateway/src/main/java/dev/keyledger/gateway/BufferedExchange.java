package dev.keyledger.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.codec.FormHttpMessageReader;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.http.codec.multipart.DefaultPartHttpMessageReader;
import org.springframework.http.codec.multipart.MultipartHttpMessageReader;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An exchange whose body was read already and is in memory. Forms are read from there: the exchange
 * that is decorated reads them from the connection, where nothing is left. No limit of their length
 * is needed but that of the body.
 */
final class BufferedExchange extends ServerWebExchangeDecorator {
  private static final FormHttpMessageReader FORMS = forms();
  private static final MultipartHttpMessageReader PARTS = parts();

  private final ServerHttpRequest request;
  private final Mono<MultiValueMap<String, String>> formData;
  private final Mono<MultiValueMap<String, Part>> multipartData;

  BufferedExchange(ServerWebExchange exchange, ServerHttpRequest request, byte[] body) {
    super(exchange);
    this.request = new WithBody(request, body);
    this.formData = read(FORMS, String.class);
    this.multipartData = read(PARTS, Part.class);
  }

  @Override
  public ServerHttpRequest getRequest() {
    return request;
  }

  @Override
  public Mono<MultiValueMap<String, String>> getFormData() {
    return formData;
  }

  @Override
  public Mono<MultiValueMap<String, Part>> getMultipartData() {
    return multipartData;
  }

  /** Nothing where the body is something else, as {@link ServerWebExchange} wants it. */
  private <T> Mono<MultiValueMap<String, T>> read(
      HttpMessageReader<MultiValueMap<String, T>> reader, Class<T> value) {
    ResolvableType type =
        ResolvableType.forClassWithGenerics(MultiValueMap.class, String.class, value);
    MediaType contentType = contentType();
    Mono<MultiValueMap<String, T>> data =
        contentType != null && contentType.isConcrete() && reader.canRead(type, contentType)
            ? reader.readMono(type, request, Map.of())
            : Mono.empty();
    return data.switchIfEmpty(Mono.fromSupplier(LinkedMultiValueMap::new)).cache();
  }

  private @Nullable MediaType contentType() {
    try {
      return request.getHeaders().getContentType();
    } catch (InvalidMediaTypeException none) {
      return null;
    }
  }

  private static FormHttpMessageReader forms() {
    FormHttpMessageReader forms = new FormHttpMessageReader();
    forms.setMaxInMemorySize(-1);
    return forms;
  }

  /** No part goes into a file, so there is nothing to clean up. */
  private static MultipartHttpMessageReader parts() {
    DefaultPartHttpMessageReader parts = new DefaultPartHttpMessageReader();
    parts.setMaxInMemorySize(-1);
    return new MultipartHttpMessageReader(parts);
  }

  private static final class WithBody extends ServerHttpRequestDecorator {
    private final byte[] body;

    private WithBody(ServerHttpRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public Flux<DataBuffer> getBody() {
      return body.length == 0
          ? Flux.empty()
          : Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body));
    }
  }
}
