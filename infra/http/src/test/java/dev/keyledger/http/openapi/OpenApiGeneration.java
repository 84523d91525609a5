package dev.keyledger.http.openapi;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * What the OpenAPI documents of both services have in common. A test imports it, offers a bean of
 * type {@link io.swagger.v3.oas.models.OpenAPI} with the title, and calls {@link CommittedOpenApi}.
 */
@TestConfiguration(proxyBeanMethods = false)
public class OpenApiGeneration {
  static final String PROBLEM = "Problem";
  static final String RETRY_AFTER = "RetryAfter";
  static final String CHALLENGE = "Challenge";
  private static final String TOKEN = "token";
  private static final String REFERENCE = "#/components/schemas/";

  @Bean
  OperationCustomizer problemResponses() {
    return new ProblemResponses();
  }

  @Bean
  RequiredFields requiredFields() {
    return new RequiredFields();
  }

  @Bean
  OpenApiCustomizer commonParts() {
    return openApi -> {
      openApi
          .getInfo()
          .version("1")
          .license(new License().name("Apache 2.0").identifier("Apache-2.0"));
      openApi.servers(
          List.of(new Server().url("/").description("The service that serves this document")));
      Components components = openApi.getComponents();
      components.addHeaders(RETRY_AFTER, retryAfter()).addHeaders(CHALLENGE, challenge());
      components.addSecuritySchemes(TOKEN, tokenScheme()).addSchemas(PROBLEM, problemSchema());
      openApi.security(List.of(new SecurityRequirement().addList(TOKEN)));
      openApi.getPaths().values().stream()
          .flatMap(path -> path.readOperations().stream())
          .flatMap(OpenApiGeneration::requestSchemas)
          .map(components.getSchemas()::get)
          .forEach(schema -> schema.setAdditionalProperties(false));
    };
  }

  private static SecurityScheme tokenScheme() {
    return new SecurityScheme()
        .type(SecurityScheme.Type.HTTP)
        .scheme("bearer")
        .bearerFormat("JWT")
        .description(
            "A token of the exchange's identity provider: audience keyledger, sub the account,"
                + " email its verified address.");
  }

  private static Header retryAfter() {
    return new Header()
        .description("Seconds until it is worth trying again")
        .schema(new IntegerSchema());
  }

  private static Header challenge() {
    return new Header().description("RFC 6750 section 3").schema(new StringSchema());
  }

  private static Schema<?> problemSchema() {
    Schema<?> problem = new ObjectSchema();
    problem
        .description("A problem (RFC 9457). Some carry further members.")
        .addProperty("type", new StringSchema().format("uri-reference").description("Its page"))
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema())
        .addProperty("code", new StringSchema().description("What programs tell problems apart by"))
        .addProperty(
            "attemptsLeft",
            new IntegerSchema()
                .description("With wrong-code: attempts that the challenge has left"));
    problem.setRequired(List.of("type", "title", "status", "detail", "code"));
    return problem;
  }

  /** The names of the schemas that a call takes. */
  private static Stream<String> requestSchemas(Operation operation) {
    return operation.getRequestBody() == null
        ? Stream.empty()
        : operation.getRequestBody().getContent().values().stream()
            .map(content -> content.getSchema().get$ref())
            .filter(Objects::nonNull)
            .map(reference -> reference.substring(REFERENCE.length()));
  }
}
