package dev.keyledger.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer to a request.
 *
 * @param position the header {@code Keyledger-Position}, 0 without one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(int status, long position, byte[] body) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * This answer, if it is the one expected.
   *
   * @throws IllegalStateException if it isn't: then what is measured is not what should be
   */
  Answer expect(int wanted) {
    if (status != wanted) {
      throw new IllegalStateException(
          "Expected status %d and got %d: %s".formatted(wanted, status, new String(body, UTF_8)));
    }
    return this;
  }

  JsonNode json() {
    return JSON.readTree(body);
  }
}
