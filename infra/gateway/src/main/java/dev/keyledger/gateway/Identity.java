package dev.keyledger.gateway;

import dev.keyledger.gateway.GatewaySettings.Headers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/** The headers and the attribute by which a request is known to be somebody's. */
final class Identity {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final Headers names;

  Identity(Headers names) {
    this.names = names;
  }

  /** The exchange without what a client may have said about itself. */
  ServerWebExchange removedFrom(ServerWebExchange exchange) {
    List<String> claims = List.of(names.account(), names.key(), names.permissions());
    return exchange
        .mutate()
        .request(request -> request.headers(headers -> claims.forEach(headers::remove)))
        .build();
  }

  /** The exchange as this caller's, with its body to be read once more. */
  ServerWebExchange addedTo(ServerWebExchange exchange, ApiCaller caller, byte[] body) {
    ServerHttpRequest named =
        exchange
            .getRequest()
            .mutate()
            .headers(headers -> {
              headers.set(names.account(), encoded(caller.accountId()));
              headers.set(names.key(), encoded(caller.publicApiKey()));
              headers.set(names.permissions(), encoded(String.join(",", caller.permissions())));
            })
            .build();
    ServerWebExchange identified = new BufferedExchange(exchange, named, body);
    caller.noteOn(identified);
    return identified;
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 0x7f && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }
}
