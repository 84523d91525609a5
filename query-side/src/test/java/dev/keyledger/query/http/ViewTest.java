package dev.keyledger.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.events.KeyRingEvent;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.query.TestKey;
import dev.keyledger.query.memory.TestMemory;
import dev.keyledger.query.verification.InMemoryUsageStore;
import dev.keyledger.query.views.AccountView;
import dev.keyledger.query.views.Change;
import dev.keyledger.query.views.InMemoryViewStore;
import dev.keyledger.query.views.ViewReader;
import dev.keyledger.testkit.TestPlatform;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** A test that asks for the view of an account of its own. */
@SpringBootTest(
    classes = QueryFace.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.endpoint.health.group.readiness.include=readinessState",
      "keyledger.root-keys.current=" + TestKey.ROOT_KEY_ID,
      "keyledger.root-keys.keys." + TestKey.ROOT_KEY_ID + "=" + TestPlatform.ROOT_KEY
    })
abstract class ViewTest {
  static final TestPlatform PLATFORM = TestPlatform.get();

  final String account = PLATFORM.freshName("acct");
  WebTestClient http = WebTestClient.bindToServer().build();
  @Autowired InMemoryViewStore store;
  @Autowired ViewReader reader;
  @Autowired TestMemory memory;
  @Autowired InMemoryUsageStore usage;
  @Autowired QueryFace.StoppedAccounts stopped;
  @LocalServerPort int port;

  @DynamicPropertySource
  static void trustThePlatform(DynamicPropertyRegistry registry) {
    registry.add("spring.security.oauth2.resourceserver.jwt.jwk-set-uri", PLATFORM::jwksUrl);
    registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", () -> TestPlatform.ISSUER);
  }

  @BeforeEach
  void connect() {
    http = WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
  }

  @AfterEach
  void mend() {
    store.failWith(null);
  }

  ResponseSpec get(String path, String... headers) {
    return http.get()
        .uri(URI.create("http://127.0.0.1:" + port + path))
        .headers(h -> {
          h.setBearerAuth(PLATFORM.token(account, null));
          for (int i = 0; i < headers.length; i += 2) {
            h.add(headers[i], headers[i + 1]);
          }
        })
        .exchange();
  }

  static void problem(ResponseSpec answer, ProblemType type) {
    answer
        .expectStatus()
        .isEqualTo(type.status())
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectHeader()
        .doesNotExist(HttpHeaders.ETAG)
        .expectBody()
        .jsonPath("$.code")
        .isEqualTo(type.code())
        .jsonPath("$.detail")
        .value(String.class, detail -> assertThat(detail).doesNotContain("inside"));
  }

  void given(KeyRingEvent... events) {
    giveTo(account, events);
  }

  void giveTo(String owner, KeyRingEvent... events) {
    for (KeyRingEvent event : events) {
      AccountView before = view(owner);
      save(before, AccountView.evolve(before, event, before.position() + 1));
    }
  }

  AccountView view(String owner) {
    return Objects.requireNonNull(store.find(owner).block());
  }

  void save(AccountView before, AccountView after) {
    assertThat(store.save(List.of(new Change(before, after))).block()).isTrue();
  }
}
