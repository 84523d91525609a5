package dev.keyledger.query;

import dev.keyledger.signatures.SignedRequest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A gateway's question as JSON. */
public final class TestBody {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private TestBody() {}

  /** May the key behind this request do this, from there? */
  public static String of(String permission, String sourceIp, SignedRequest request) {
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("method", request.method());
    seen.put("targetUri", request.targetUri().toString());
    seen.put("headers", request.headers());
    if (request.body().length > 0) {
      seen.put("body", Base64.getEncoder().encodeToString(request.body()));
    }
    return JSON.writeValueAsString(
        Map.of("permission", permission, "sourceIp", sourceIp, "request", seen));
  }
}
