package dev.keyledger.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.keyledger.http.problem.ProblemException;
import dev.keyledger.http.problem.ProblemType;
import dev.keyledger.http.security.AccessRules;
import dev.keyledger.http.security.Account;
import dev.keyledger.http.security.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The least service that can show what the HTTP face does. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({HttpConfiguration.class, TestService.Things.class})
class TestService {

  @Bean
  AccessRules accessRules() {
    return AccessRules.of(
        AccessRules.Rule.open("/v1/things/open"),
        new AccessRules.Rule("/v1/audit/**", Scope.AUDIT_READ),
        new AccessRules.Rule("/v1/things/**", Scope.KEYS_MANAGE));
  }

  record Thing(
      @JsonProperty(required = true) String name,
      @Nullable Integer count,
      @Nullable Boolean big,
      @Nullable List<String> parts,
      @Nullable Inner inner) {
    Thing {
      requireNonNull(name);
    }
  }

  record Inner(String name) {}

  record Answer(@Nullable String absent, Instant at) {}

  record Caller(String accountId, @Nullable String email) {}

  @RestController
  static final class Things {
    @PostMapping(path = "/v1/things", consumes = MediaType.APPLICATION_JSON_VALUE)
    Thing echo(@RequestBody Thing thing) {
      return thing;
    }

    @GetMapping(path = "/v1/things", produces = MediaType.APPLICATION_JSON_VALUE)
    Answer answer() {
      return new Answer(null, Instant.parse("2026-11-22T10:00:00Z"));
    }

    @PostMapping("/v1/things/bodiless")
    void bodiless() {}

    @GetMapping("/v1/things/open")
    String open() {
      return "for anybody";
    }

    @GetMapping("/v1/things/caller")
    Caller caller(@AuthenticationPrincipal Account account) {
      return new Caller(account.accountId(), account.email());
    }

    @GetMapping("/v1/things/broken")
    Mono<Void> broken() {
      return Mono.error(new IllegalStateException("inside: jdbc password=hunter2"));
    }

    @GetMapping("/v1/things/thread")
    Map<String, Boolean> thread() {
      return Map.of("virtual", Thread.currentThread().isVirtual());
    }

    @GetMapping("/v1/things/refused")
    Mono<Void> refused() {
      return Mono.error(
          new ProblemException(ProblemType.CODE_COOLDOWN)
              .retryAfter(Duration.ofMillis(41_200))
              .with("attemptsLeft", 3));
    }

    @GetMapping("/v1/audit")
    void audit() {}

    @GetMapping("/v1/forgotten")
    String forgotten() {
      return "no rule opens this";
    }
  }
}
