package dev.keyledger.http;

import org.junit.jupiter.api.Test;

class StrictJsonTest extends HttpTest {

  @Test
  void writesInstantsAsTextAndLeavesOutWhatIsAbsent() {
    alice
        .get()
        .uri("/v1/things")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody(String.class)
        .isEqualTo("{\"at\":\"2026-11-22T10:00:00Z\"}");
  }

  @Test
  void runsBlockingHandlersOnVirtualThreads() {
    alice
        .get()
        .uri("/v1/things/thread")
        .exchange()
        .expectBody()
        .jsonPath("$.virtual")
        .isEqualTo(true);
  }
}
