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
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.tags.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Set;
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
                  new Tag().name("Challenges").description("Pending operations and their codes"),
                  new Tag().name("Revocations").description("For finders of a leaked key"),
                  new Tag().name("Support").description("Help for accounts that lost something")));
    }

    /**
     * Every answer to a known caller carries the position; a stranger's only if it did something.
     */
    @Bean
    OpenApiCustomizer positions() {
      return openApi -> {
        openApi.getComponents().addHeaders(POSITION, position());
        openApi.getPaths().values().stream()
            .flatMap(path -> path.readOperations().stream())
            .flatMap(operation ->
                operation.getResponses().entrySet().stream()
                    .filter(response ->
                        response.getKey().matches(takesToken(operation) ? "2..|4(?!01).." : "2..")))
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

    /** What annotations can't say: what may be null too, and what may be one text or several. */
    @Bean
    OpenApiCustomizer alternatives() {
      return openApi -> {
        Schema<?> limit =
            either(new JsonSchema().$ref("#/components/schemas/RateLimitRequest"), ofType("null"));
        schema(openApi, "EditPermissionsRequest").addProperty("rateLimit", limit);
        Schema<?> headers =
            requireNonNull(schema(openApi, "ProofRequest").getProperties().get("headers"));
        headers.setAdditionalProperties(
            either(ofType("string"), ofType("array").items(ofType("string"))));
        for (String nested : List.of("RateLimitRequest", "ProofRequest")) {
          schema(openApi, nested).setAdditionalProperties(false);
        }
      };
    }

    private static Schema<?> schema(OpenAPI openApi, String name) {
      return requireNonNull(openApi.getComponents().getSchemas().get(name));
    }

    private static Schema<?> either(Schema<?> one, Schema<?> other) {
      return new JsonSchema().addAnyOfItem(one).addAnyOfItem(other);
    }

    private static Schema<?> ofType(String type) {
      return new JsonSchema().types(Set.of(type));
    }

    private static boolean takesToken(io.swagger.v3.oas.models.Operation operation) {
      return operation.getSecurity() == null || !operation.getSecurity().isEmpty();
    }

    private static Header position() {
      return new Header()
          .description("Number of the last event of the caller's key ring")
          .schema(new IntegerSchema().format("int64"));
    }
  }
}
