package dev.keyledger.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.springdoc.webflux.api.OpenApiWebfluxResource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The OpenAPI document in a service's resources. It is what clients get; the code must not drift
 * away from it unnoticed.
 */
public final class CommittedOpenApi {
  /** With this system property set to true, the test writes the document instead. */
  public static final String UPDATE = "openapi.update";

  private static final Path COMMITTED = Path.of("src", "main", "resources", "openapi.json");
  private static final String DOCS = "/v3/api-docs";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter()
                  .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                  .withArrayIndenter(new DefaultIndenter("  ", "\n")))
          .build();

  private CommittedOpenApi() {}

  /** Fails if the committed document is not what the controllers say. */
  public static void check(OpenApiWebfluxResource generator) throws IOException {
    String generated = generate(generator);
    if (Boolean.getBoolean(UPDATE)) {
      Files.writeString(COMMITTED, generated);
    }
    assertThat(generated)
        .as("%s is out of date; the tests write it with -D%s=true", COMMITTED, UPDATE)
        .isEqualTo(Files.readString(COMMITTED));
  }

  private static String generate(OpenApiWebfluxResource generator) throws IOException {
    byte[] document =
        generator.openapiJson(MockServerHttpRequest.get(DOCS).build(), DOCS, Locale.ROOT).block();
    assertThat(document).isNotNull();
    return JSON.writeValueAsString(JSON.readTree(document)) + "\n";
  }
}
