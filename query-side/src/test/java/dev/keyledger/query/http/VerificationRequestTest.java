package dev.keyledger.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a gateway's question. */
class VerificationRequestTest {

  /** Values under two spellings of one name are put together in their order (RFC 9421, 2.1). */
  @Test
  void headersStayInTheOrderTheyCameIn() {
    List<String> names = IntStream.range(0, 40).mapToObj(n -> "x-" + (n * 7919) % 101).toList();
    String json =
        """
        {"permission": "read", "sourceIp": "203.0.113.7",
         "request": {"method": "GET", "targetUri": "https://api.example/", "headers": {%s}}}
        """
            .formatted(
                String.join(",", names.stream().map(name -> "\"" + name + "\": \"1\"").toList()));

    VerificationRequest request =
        JsonMapper.builder().build().readValue(json, VerificationRequest.class);

    assertThat(request.question(0).request().headers().keySet()).containsExactlyElementsOf(names);
  }
}
