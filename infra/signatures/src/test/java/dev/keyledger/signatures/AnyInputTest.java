package dev.keyledger.signatures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.signatures.ParsedSignature.Refused;
import dev.keyledger.signatures.ParsedSignature.Signature;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is sent makes an answer, and nothing that was signed badly is taken for signed. */
class AnyInputTest {
  private static final String KEY = "kl_pub_0UJg4EBGO3cQWJhXqJNbv52LBUDa";
  private static final String SPECIAL =
      "\"\\;=,:?*()@ \t\r\n-.%&+#[]0123456789abzAZ_/é\u0000\u007f";
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.US_ASCII);
  private static final SignedRequest VALID =
      RequestSigner.hmac(KEY, "kl_sec_x")
          .sign(
              new SignedRequest(
                  "POST",
                  URI.create("https://api.example.com:8443/v1/orders?a=b%20c&d=&e"),
                  Map.of(
                      "dict", List.of("a=1, b=(x \"y\" :AA==:);z=1.5, c"),
                      "content-type", List.of("application/json"),
                      "content-digest", List.of(RequestSigner.digest(BODY))),
                  BODY),
              "(\"@method\" \"@authority\" \"@path\" \"@query\" \"@query-param\";name=\"a\""
                  + " \"dict\";key=\"b\" \"content-type\";bs \"content-digest\";sf)"
                  + ";created=1700000000;keyid=\""
                  + KEY
                  + "\";nonce=\"n\";expires=1700000060");

  @Property(tries = 5_000)
  void anyTextInTheFields(
      @ForAll("texts") String input,
      @ForAll("texts") String signature,
      @ForAll("texts") String digest) {
    answers(
        RequestSigner.with(
            RequestSigner.with(
                RequestSigner.with(VALID, "signature-input", input), "signature", signature),
            "content-digest",
            digest));
  }

  @Property(tries = 5_000)
  void anyComponentsAndParameters(
      @ForAll("texts") String components, @ForAll("texts") String parameters) {
    answers(RequestSigner.with(VALID, "signature-input", "sig1=(" + components + ")" + parameters));
  }

  @Property(tries = 20_000)
  void aSignedRequestWithAFewCharactersChanged(@ForAll long seed) {
    Random random = new Random(seed);
    Map<String, List<String>> headers =
        VALID.headers().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    header ->
                        List.of(
                            random.nextInt(3) == 0
                                ? mutated(header.getValue().getFirst(), random)
                                : header.getValue().getFirst())));
    answers(
        new SignedRequest(
            random.nextInt(10) == 0 ? mutated("POST", random) : "POST",
            mutatedTarget(random),
            headers,
            VALID.body()));
  }

  @Property(tries = 2_000)
  void anyQueryParameter(@ForAll("texts") String query, @ForAll("texts") String name) {
    try {
      assertThat(QueryParameters.value(query, name)).matches("[0-9A-Za-z*\\-._%]*");
    } catch (RefusedException refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  /** What the bounds leave to a hostile sender is cheap: long fields, read again and again. */
  @Test
  @Timeout(20)
  void manyComponentsOverLongFields() {
    String dictionary =
        IntStream.range(0, 580)
            .mapToObj(i -> "a" + i % 28 + "=\"\"")
            .collect(Collectors.joining(","));
    String components =
        IntStream.range(0, 28)
            .mapToObj(i -> "\"dict\";key=\"a" + i + "\"")
            .collect(Collectors.joining(" "));
    SignedRequest request =
        RequestSigner.with(
            RequestSigner.with(VALID, "dict", dictionary),
            "signature-input",
            "sig1=(\"@method\" \"@target-uri\" \"content-digest\" "
                + components
                + ");created=1;keyid=\"k\";nonce=\"n\"");

    for (int i = 0; i < 100; i++) {
      assertThat(SignedRequests.parse(request)).isInstanceOf(Signature.class);
    }
  }

  @Test
  void theRequestThatIsChangedHereIsRightByItself() {
    assertThat(SignedRequests.parse(VALID)).isInstanceOf(Signature.class);
    assertThat(ContentDigests.match(VALID)).isTrue();
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> special =
        Arbitraries.strings().withChars(SPECIAL.toCharArray()).ofMaxLength(60);
    Arbitrary<String> pieces =
        Arbitraries.of(
                "sig1=",
                "(\"@method\"",
                " \"@target-uri\"",
                "\"@query-param\";name=\"a\"",
                ";created=1",
                ";keyid=\"" + KEY + "\"",
                ";nonce=\"n\"",
                ")",
                ", ",
                ":AA==:",
                "sha-256=",
                "?1",
                "1.0",
                "-1",
                "999999999999999",
                "\"a\";sf",
                ";key=\"a\"",
                ";bs",
                "*")
            .list()
            .ofMaxSize(12)
            .map(parts -> String.join("", parts));
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(40),
        special,
        pieces,
        Combinators.combine(pieces, special).as(String::concat));
  }

  private static void answers(SignedRequest request) {
    ContentDigests.match(request);
    switch (SignedRequests.parse(request)) {
      case Refused(Reason reason) -> assertThat(reason).isNotNull();
      case Signature signature -> holds(request, signature);
    }
  }

  /** What every signature that is read must be, whatever it was made of. */
  private static void holds(SignedRequest request, Signature signature) {
    String base = new String(signature.base(), StandardCharsets.US_ASCII);
    List<String> lines = List.of(base.split("\n", -1));
    assertThat(lines).contains("\"@method\": " + request.method());
    assertThat(lines.getLast()).startsWith("\"@signature-params\": (");
    assertThat(lines.subList(0, lines.size() - 1))
        .anyMatch(line -> line.startsWith("\"content-digest\""))
        .noneMatch(line -> line.startsWith("\"@signature-params\""));
    assertThat(base)
        .matches(
            text -> text.chars().allMatch(c -> c == '\n' || c == '\t' || (c >= ' ' && c < 0x7f)));
    assertThat(signature.nonce()).hasSizeBetween(1, 64);
    assertThat(signature.created()).isNotEqualTo(Instant.MAX);
  }

  private static URI mutatedTarget(Random random) {
    String target = VALID.targetUri().toString();
    try {
      return new URI(random.nextInt(5) == 0 ? mutated(target, random) : target);
    } catch (URISyntaxException noUri) {
      return VALID.targetUri();
    }
  }

  private static String mutated(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(mutated.length() + 1);
      char c = SPECIAL.charAt(random.nextInt(SPECIAL.length()));
      switch (random.nextInt(4)) {
        case 0 -> mutated.insert(at, c);
        case 1 -> mutated.delete(at, Math.min(mutated.length(), at + 1 + random.nextInt(3)));
        case 2 -> mutated.insert(at, mutated.substring(at, Math.min(mutated.length(), at + 10)));
        default -> mutated.replace(at, Math.min(mutated.length(), at + 1), String.valueOf(c));
      }
    }
    return mutated.toString();
  }
}
