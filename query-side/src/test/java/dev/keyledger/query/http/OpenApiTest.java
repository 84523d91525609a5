package dev.keyledger.query.http;

import dev.keyledger.http.openapi.CommittedOpenApi;
import dev.keyledger.http.openapi.OpenApiGeneration;
import dev.keyledger.query.TestKey;
import dev.keyledger.testkit.TestPlatform;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.tags.Tag;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springdoc.webflux.api.OpenApiWebfluxResource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

@SpringBootTest(
    classes = QueryFace.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "management.endpoint.health.group.readiness.include=readinessState",
      QueryFace.MAX_WAIT + "=1s",
      "keyledger.root-keys.current=" + TestKey.ROOT_KEY_ID,
      "keyledger.root-keys.keys." + TestKey.ROOT_KEY_ID + "=" + TestPlatform.ROOT_KEY,
      "springdoc.writer-with-order-by-keys=true",
      "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:1/jwks.json",
      "spring.security.oauth2.resourceserver.jwt.issuer-uri=https://identity.exchange.example"
    })
@Import({OpenApiGeneration.class, OpenApiTest.Document.class, RebuildDescription.class})
class OpenApiTest {
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

    @Bean
    OpenAPI title() {
      return new OpenAPI()
          .info(
              new Info()
                  .title("Keyledger query side")
                  .description("What an account's key ring holds, as of a position."))
          .tags(
              List.of(
                  new Tag().name("Views").description("Keys and account, as of a position"),
                  new Tag().name("Verification").description("Signed requests, for gateways"),
                  new Tag().name("Log").description("What proves that events stay as they are"),
                  new Tag().name("Audit").description("What happened, for auditors"),
                  new Tag()
                      .name("Operations")
                      .description("For operators, inside: no route leads here from outside")));
    }
  }
}
