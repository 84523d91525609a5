package dev.keyledger.e2e;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;

/**
 * What a service answered.
 *
 * @param body a missing node where the answer has no body
 */
public record Answer(int status, HttpHeaders headers, JsonNode body) {

  /** The position of the key ring after the command; -1 where the answer names none. */
  public long position() {
    return headers.firstValueAsLong("Keyledger-Position").orElse(-1);
  }

  /** The code of a problem; empty where it is none. */
  public String code() {
    return body.path("code").asString("");
  }

  /** This answer, if it has the status. */
  public Answer expect(int expected) {
    if (status != expected) {
      throw new IllegalStateException("Expected " + expected + ", got " + status + " " + body);
    }
    return this;
  }
}
