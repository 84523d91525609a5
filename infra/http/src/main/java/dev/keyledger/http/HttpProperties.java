package dev.keyledger.http;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What can be set about the HTTP face. */
@ConfigurationProperties("keyledger.http")
public record HttpProperties(@DefaultValue Cors cors) {

  /**
   * Calls from web pages of other origins.
   *
   * @param allowedOrigins the origins that may call, as in {@code https://app.example.com}; none by
   *     default, and then no CORS header is ever sent
   */
  public record Cors(@DefaultValue List<String> allowedOrigins) {
    public Cors {
      allowedOrigins = List.copyOf(allowedOrigins);
    }
  }
}
