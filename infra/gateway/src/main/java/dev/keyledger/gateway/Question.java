package dev.keyledger.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/verifications}. */
record Question(String permission, String sourceIp, Request request) {

  /**
   * The request that was signed.
   *
   * @param body in Base64; null where there was none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Request(
      String method, String targetUri, Map<String, List<String>> headers, @Nullable String body) {}
}
