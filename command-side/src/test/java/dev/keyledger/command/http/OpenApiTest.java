package dev.keyledger.command.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import dev.keyledger.events.Operation;
import dev.keyledger.http.PositionHeaders;
import dev.keyledger.http.openapi.CommittedOpenApi;
import dev.keyledger.http.openapi.OpenApiGeneration;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.tags.Tag;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.webflux.api.OpenApiWebfluxResource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

@Import({OpenApiGeneration.class, OpenApiTest.Document.class})
@TestPropertySource(
    properties = {"springdoc.api-docs.enabled=true", "springdoc.writer-with-order-by-keys=true"})
class OpenApiTest extends CommandHttpTest {
  private final OpenApiWebfluxResource generator;

  @Autowired
  OpenApiTest(OpenApiWebfluxResource generator) {
    this.generator = generator;
  }

  @Test
  void isTheCommittedDocument() throws IOException {
    CommittedOpenApi.check(generator);
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Document {
    private static final String POSITION = "Position";

    @Bean
    OpenAPI title() {
      return new OpenAPI()
          .info(
              new Info()
                  .title("Keyledger command side")
                  .description("Everything that changes an account's key ring."))
          .tags(
              List.of(
                  new Tag().name("Second factor").description("The account's authenticator"),
                  new Tag().name("Keys").description("Each call opens a challenge"),
                  new Tag().name("Challenges").description("Pending operations and their codes")));
    }

    /** Every answer to a known caller carries the position. */
    @Bean
    OpenApiCustomizer positions() {
      return openApi -> {
        openApi.getComponents().addHeaders(POSITION, position());
        openApi.getPaths().values().stream()
            .flatMap(path -> path.readOperations().stream())
            .flatMap(operation -> operation.getResponses().entrySet().stream())
            .filter(response -> response.getKey().matches("2..|4(?!01).."))
            .forEach(response ->
                response
                    .getValue()
                    .addHeaderObject(
                        PositionHeaders.POSITION,
                        new Header().$ref("#/components/headers/" + POSITION)));
      };
    }

    /** Which value of {@code type} means which operation. */
    @Bean
    OpenApiCustomizer operationTypes() {
      return openApi -> {
        Schema<?> schema = requireNonNull(openApi.getComponents().getSchemas().get("Operation"));
        for (JsonSubTypes.Type type : Operation.class.getAnnotation(JsonSubTypes.class).value()) {
          schema
              .getDiscriminator()
              .mapping(type.name(), "#/components/schemas/" + type.value().getSimpleName());
        }
      };
    }

    private static Header position() {
      return new Header()
          .description("Number of the last event of the caller's key ring")
          .schema(new IntegerSchema().format("int64"));
    }
  }
}
