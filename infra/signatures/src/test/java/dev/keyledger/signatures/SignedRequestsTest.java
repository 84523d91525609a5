package dev.keyledger.signatures;

import static dev.keyledger.signatures.Reason.COMPONENT_MISSING;
import static dev.keyledger.signatures.Reason.MALFORMED_SIGNATURE;
import static dev.keyledger.signatures.RequestSigner.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.signatures.ParsedSignature.Refused;
import dev.keyledger.signatures.ParsedSignature.Signature;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which signatures are read, and what is read of them. */
class SignedRequestsTest {
  private static final String KEY = "kl_pub_0UJg4EBGO3cQWJhXqJNbv52LBUDa";
  private static final String PARAMETERS = ";created=1700000000;keyid=\"" + KEY + "\";nonce=\"n\"";
  private static final String TARGET = "(\"@method\" \"@target-uri\")";
  private static final Instant CREATED = Instant.ofEpochSecond(1_700_000_000);
  private static final RequestSigner SIGNER = RequestSigner.hmac(KEY, "kl_sec_x");

  private final SignedRequest get = request("");
  private final SignedRequest post = request("{}");

  @Test
  void readsWhatTheContractAsksFor() {
    Signature signature = read(SIGNER.sign(get, CREATED, "a-nonce"));

    assertThat(signature.keyId()).isEqualTo(KEY);
    assertThat(signature.created()).isEqualTo(CREATED);
    assertThat(signature.nonce()).isEqualTo("a-nonce");
    assertThat(signature.alg()).isEqualTo("hmac-sha256");
    assertThat(signature.expires()).isNull();
    assertThat(signature.signature()).hasSize(32);
    assertThat(new String(signature.base(), StandardCharsets.US_ASCII))
        .isEqualTo(
            """
            "@method": GET
            "@target-uri": https://api.example.com/v1/orders?symbol=BTC
            "@signature-params": ("@method" "@target-uri");created=1700000000;keyid="%s"\
            ;alg="hmac-sha256";nonce="a-nonce"\
            """
                .formatted(KEY));
  }

  @Test
  void readsTheDigestOfABody() {
    Signature signature = read(SIGNER.sign(post, CREATED, "n"));

    assertThat(new String(signature.base(), StandardCharsets.US_ASCII))
        .contains("\n\"content-digest\": " + RequestSigner.digest("{}".getBytes(US_ASCII)) + "\n");
  }

  @Test
  void algAndOthersMayBeLeftOutAndExpiresMayBeThere() {
    Signature signature = read(signed(get, TARGET + PARAMETERS + ";expires=1700000060"));

    assertThat(signature.alg()).isNull();
    assertThat(signature.expires()).isEqualTo(CREATED.plus(Duration.ofMinutes(1)));
  }

  @Test
  void signsParametersThatItDoesNotKnow() {
    Signature signature = read(signed(get, TARGET + PARAMETERS + ";tag=\"t\";more=1.5;x"));

    assertThat(new String(signature.base(), StandardCharsets.US_ASCII))
        .endsWith(";tag=\"t\";more=1.5;x");
  }

  @Test
  void theTargetMayBeCoveredByItsParts() {
    assertThat(read(signed(get, "(\"@query\" \"@path\" \"@authority\" \"@method\")" + PARAMETERS)))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "()",
        "(\"@target-uri\")",
        "(\"@method\")",
        "(\"@method\" \"@authority\" \"@path\")",
        "(\"@method\" \"@authority\" \"@query\")",
        "(\"@method\" \"@path\" \"@query\")",
        "(\"@method\" \"@request-target\" \"@authority\")",
        "(\"@method\" \"@target-uri\" \"absent\")",
      })
  void refusesASignatureThatCoversTooLittle(String covered) {
    refuses(COMPONENT_MISSING, withInput(get, "sig1=" + covered + PARAMETERS));
  }

  @Test
  void refusesABodyWithoutASignedDigest() {
    SignedRequest digested = with(post, "content-digest", "sha-256=:AA==:, md5=:AA==:");

    refuses(COMPONENT_MISSING, withInput(post, "sig1=" + TARGET + PARAMETERS));
    refuses(COMPONENT_MISSING, withInput(digested, "sig1=" + TARGET + PARAMETERS));
    refuses(
        COMPONENT_MISSING,
        withInput(post, "sig1=(\"@method\" \"@target-uri\" \"content-digest\")" + PARAMETERS));
    refuses(COMPONENT_MISSING, digestedBy(digested, ";key=\"md5\""));
    for (String parameter : List.of("", ";sf", ";bs", ";key=\"sha-256\"")) {
      assertThat(SignedRequests.parse(digestedBy(digested, parameter)))
          .as(parameter)
          .isInstanceOf(Signature.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ";created=1;keyid=\"k\"",
        ";created=1;nonce=\"n\"",
        ";keyid=\"k\";nonce=\"n\"",
        ";created=1;keyid=\"k\";nonce=\"\"",
        ";created=1;keyid=\"k\";nonce=n",
        ";created=1;keyid=k;nonce=\"n\"",
        ";created=1.0;keyid=\"k\";nonce=\"n\"",
        ";created=\"1\";keyid=\"k\";nonce=\"n\"",
        ";created;keyid=\"k\";nonce=\"n\"",
        ";created=@1;keyid=\"k\";nonce=\"n\"",
        ";created=1;keyid=\"k\";nonce=\"n\";expires=\"2\"",
        ";created=1;keyid=\"k\";nonce=\"n\";alg=ed25519",
        ";created=1;keyid=\"k\";nonce=\"n\";tag=1",
        ";created=9999999999999999;keyid=\"k\";nonce=\"n\"",
        ";created=1;keyid=\"k\";nonce=\"12345678901234567890123456789012345678901234567890123456789012345\"",
      })
  void refusesParametersThatAreMissingOrOfAnotherType(String parameters) {
    refuses(MALFORMED_SIGNATURE, withInput(get, "sig1=" + TARGET + parameters));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1234567890123456789012345678901234567890123456789012345678901234",
        "n",
        " \\\"\\\\ ",
      })
  void takesNoncesUpTo64Characters(String nonce) {
    assertThat(
            SignedRequests.parse(
                withInput(
                    get, "sig1=" + TARGET + ";created=-1;keyid=\"k\";nonce=\"" + nonce + "\"")))
        .isInstanceOf(Signature.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sig1",
        "sig1=1",
        "sig1=\"@method\"",
        "sig2=()",
        "sig1=(",
        "sig1=();",
        "Sig1=()",
        "sig1=(),",
        "=",
        "é",
      })
  void refusesInputsThatAreNone(String input) {
    refuses(MALFORMED_SIGNATURE, withInput(get, input));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "sig1", "sig1=1", "sig1=(:YQ==:)", "sig2=:YQ==:", "sig1=:Y", "sig1=::x"})
  void refusesSignaturesThatAreNone(String signature) {
    refuses(
        MALFORMED_SIGNATURE,
        with(withInput(get, "sig1=" + TARGET + PARAMETERS), "signature", signature));
  }

  @Test
  void refusesRequestsThatAreNotSigned() {
    refuses(MALFORMED_SIGNATURE, get);
    refuses(MALFORMED_SIGNATURE, with(get, "signature", "sig1=:YQ==:"));
    refuses(MALFORMED_SIGNATURE, with(get, "signature-input", "sig1=" + TARGET + PARAMETERS));
  }

  @Test
  void ofSeveralSignaturesReadsTheOneOfAnApiKey() {
    String proxy = "proxy=();keyid=\"proxy-key\"";
    String ours = "ours=" + TARGET + PARAMETERS;

    for (String inputs : List.of(proxy + ", " + ours, ours + ", " + proxy)) {
      ParsedSignature parsed =
          SignedRequests.parse(
              with(withInput(get, inputs), "signature", "proxy=:AA==:, ours=:AQ==:"));
      assertThat(parsed)
          .isInstanceOfSatisfying(
              Signature.class,
              signature -> {
                assertThat(signature.keyId()).isEqualTo(KEY);
                assertThat(signature.signature()).containsExactly(1);
              });
    }
  }

  @Test
  void ofSeveralSignaturesOneMustStandOut() {
    String two = "a=" + TARGET + PARAMETERS + ", b=" + TARGET + PARAMETERS;
    String none = "a=" + TARGET + ";keyid=\"x\", b=" + TARGET + ";keyid=\"y\"";

    refuses(MALFORMED_SIGNATURE, with(withInput(get, two), "signature", "a=:AA==:, b=:AA==:"));
    refuses(MALFORMED_SIGNATURE, with(withInput(get, none), "signature", "a=:AA==:, b=:AA==:"));
  }

  @Test
  void fieldsMayComeInSeveralLines() {
    SignedRequest request =
        with(
            with(
                get,
                "signature-input",
                "proxy=();keyid=\"proxy-key\"",
                " ours=" + TARGET + PARAMETERS),
            "signature",
            "proxy=:AA==:",
            "ours=:AQ==: ");

    assertThat(SignedRequests.parse(request)).isInstanceOf(Signature.class);
  }

  @Test
  void aKeyOfAnotherFormIsForTheCallerToRefuse() {
    assertThat(
            read(withInput(get, "sig1=" + TARGET + ";created=1;keyid=\"other\";nonce=\"n\""))
                .keyId())
        .isEqualTo("other");
  }

  @Test
  void bounds() {
    String many =
        IntStream.range(0, 31)
            .mapToObj(i -> "\"h\";key=\"k" + i + "\"")
            .collect(Collectors.joining(" "));
    String members = IntStream.range(0, 31).mapToObj(i -> "k" + i).collect(Collectors.joining(","));
    SignedRequest request = with(get, "h", members);

    assertThat(
            SignedRequests.parse(
                withInput(request, "s=(\"@method\" \"@target-uri\")" + PARAMETERS)))
        .isInstanceOf(Refused.class);
    assertThat(
            SignedRequests.parse(
                withInput(
                    request,
                    "sig1=(\"@method\" \"@target-uri\" "
                        + many.substring(0, many.lastIndexOf(' '))
                        + ")"
                        + PARAMETERS)))
        .isInstanceOf(Signature.class);
    refuses(
        MALFORMED_SIGNATURE,
        withInput(request, "sig1=(\"@method\" \"@target-uri\" " + many + ")" + PARAMETERS));
    refuses(
        MALFORMED_SIGNATURE,
        withInput(get, "sig1=" + TARGET + PARAMETERS + ";x=\"" + "x".repeat(4096) + "\""));
    refuses(
        MALFORMED_SIGNATURE,
        withInput(
            with(get, "long", "x".repeat(70_000)),
            "sig1=(\"@method\" \"@target-uri\" \"long\")" + PARAMETERS));
  }

  private static final java.nio.charset.Charset US_ASCII = StandardCharsets.US_ASCII;

  private static SignedRequest request(String body) {
    return new SignedRequest(
        body.isEmpty() ? "GET" : "POST",
        URI.create("https://api.example.com/v1/orders?symbol=BTC"),
        Map.of("Host", List.of("api.example.com")),
        body.getBytes(US_ASCII));
  }

  private static SignedRequest signed(SignedRequest request, String input) {
    return SIGNER.sign(request, input);
  }

  private static SignedRequest withInput(SignedRequest request, String input) {
    return with(with(request, "signature-input", input), "signature", "sig1=:AQID:");
  }

  private static SignedRequest digestedBy(SignedRequest request, String parameter) {
    return withInput(
        request,
        "sig1=(\"@method\" \"@target-uri\" \"content-digest\"" + parameter + ")" + PARAMETERS);
  }

  private static Signature read(SignedRequest request) {
    ParsedSignature parsed = SignedRequests.parse(request);
    assertThat(parsed).isInstanceOf(Signature.class);
    return (Signature) parsed;
  }

  private static void refuses(Reason reason, SignedRequest request) {
    assertThat(SignedRequests.parse(request)).isEqualTo(new Refused(reason));
  }
}
