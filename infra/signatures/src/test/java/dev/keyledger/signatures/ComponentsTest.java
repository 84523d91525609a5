package dev.keyledger.signatures;

import static dev.keyledger.signatures.Messages.base;
import static dev.keyledger.signatures.Reason.COMPONENT_MISSING;
import static dev.keyledger.signatures.Reason.MALFORMED_SIGNATURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values of components: RFC 9421, section 2, with its examples. */
class ComponentsTest {
  private static final String POST =
      """
      POST /path?param=value HTTP/1.1
      Host: www.example.com
      """;

  /** Section 2.1. */
  @Test
  void fields() throws Exception {
    SignedRequest request =
        Messages.https(
            """
            GET / HTTP/1.1
            Host: www.example.com
            Date: Tue, 20 Apr 2021 02:07:56 GMT
            X-OWS-Header:   Leading and trailing whitespace.   \s
            X-Obs-Fold-Header: Obsolete
                line folding.
            Cache-Control: max-age=60
            Cache-Control:    must-revalidate
            Example-Dict:  a=1,    b=2;x=1;y=2,   c=(a   b   c)
            X-Empty-Header:\s
            """);

    assertThat(
            base(
                request,
                """
                ("host" "date" "x-ows-header" "x-obs-fold-header" "x-empty-header" \
                "cache-control" "example-dict")\
                """))
        .isEqualTo(
            """
            "host": www.example.com
            "date": Tue, 20 Apr 2021 02:07:56 GMT
            "x-ows-header": Leading and trailing whitespace.
            "x-obs-fold-header": Obsolete line folding.
            "x-empty-header":\s
            "cache-control": max-age=60, must-revalidate
            "example-dict": a=1,    b=2;x=1;y=2,   c=(a   b   c)\
            """);
  }

  /** Section 2.1.1, with fields whose types are known. */
  @Test
  void strictFields() throws Exception {
    SignedRequest request =
        Messages.https(
            """
            GET / HTTP/1.1
            Priority:  u=1,    i
            Priority:   a=(a   b   c);x=1
            Cache-Status:  a;   hit,b
            Origin-Agent-Cluster: ?1; a \s
            """);

    assertThat(base(request, "(\"priority\";sf \"cache-status\";sf \"origin-agent-cluster\";sf)"))
        .isEqualTo(
            """
            "priority";sf: u=1, i, a=(a b c);x=1
            "cache-status";sf: a;hit, b
            "origin-agent-cluster";sf: ?1;a\
            """);
  }

  /** Section 2.1.2. */
  @Test
  void dictionaryMembers() throws Exception {
    SignedRequest request =
        Messages.https(
            """
            GET / HTTP/1.1
            Example-Dict:  a=1, b=2;x=1;y=2, c=(a   b    c), d
            """);

    assertThat(
            base(
                request,
                """
                ("example-dict";key="a" "example-dict";key="d" "example-dict";key="b" \
                "example-dict";key="c")\
                """))
        .isEqualTo(
            """
            "example-dict";key="a": 1
            "example-dict";key="d": ?1
            "example-dict";key="b": 2;x=1;y=2
            "example-dict";key="c": (a b c)\
            """);
  }

  /** Section 2.1.3. */
  @Test
  void binaryFields() throws Exception {
    SignedRequest two =
        Messages.https(
            """
            GET / HTTP/1.1
            Example-Header: value, with, lots
            Example-Header: of, commas
            """);
    SignedRequest one =
        Messages.https(
            """
            GET / HTTP/1.1
            Example-Header: value, with, lots, of, commas
            """);

    assertThat(base(two, "(\"example-header\")"))
        .isEqualTo(base(one, "(\"example-header\")"))
        .isEqualTo("\"example-header\": value, with, lots, of, commas");
    assertThat(base(two, "(\"example-header\";bs)"))
        .isEqualTo("\"example-header\";bs: :dmFsdWUsIHdpdGgsIGxvdHM=:, :b2YsIGNvbW1hcw==:");
    assertThat(base(one, "(\"example-header\";bs)"))
        .isEqualTo("\"example-header\";bs: :dmFsdWUsIHdpdGgsIGxvdHMsIG9mLCBjb21tYXM=:");
  }

  @Test
  void bytesBeyondAsciiCanBeWrapped() throws Exception {
    SignedRequest request = Messages.https("GET / HTTP/1.1\nName: é");

    assertThat(base(request, "(\"name\";bs)")).isEqualTo("\"name\";bs: :6Q==:");
    refused(MALFORMED_SIGNATURE, request, "(\"name\")");
    refused(MALFORMED_SIGNATURE, Messages.https("GET / HTTP/1.1\nName: \u0416"), "(\"name\";bs)");
  }

  /** Sections 2.2.1 to 2.2.7. */
  @Test
  void derivedComponents() throws Exception {
    assertThat(
            base(
                Messages.https(POST),
                """
                ("@method" "@target-uri" "@authority" "@scheme" "@request-target" "@path" "@query")\
                """))
        .isEqualTo(
            """
            "@method": POST
            "@target-uri": https://www.example.com/path?param=value
            "@authority": www.example.com
            "@scheme": https
            "@request-target": /path?param=value
            "@path": /path
            "@query": ?param=value\
            """);
  }

  /** Section 2.2.7. */
  @ParameterizedTest
  @CsvSource({
    "/path?param=value&foo=bar&baz=bat%2Dman, ?param=value&foo=bar&baz=bat%2Dman",
    "/path?queryString, ?queryString",
    "/path?, ?",
    "/path, ?",
  })
  void queries(String target, String expected) throws Exception {
    assertThat(base(Messages.https("POST " + target + " HTTP/1.1"), "(\"@query\")"))
        .isEqualTo("\"@query\": " + expected);
  }

  /** RFC 9110, section 4.2.3. */
  @ParameterizedTest
  @CsvSource({
    "http://www.Example.COM:80/a, www.example.com, /a",
    "HTTPS://WWW.EXAMPLE.COM:443, www.example.com, /",
    "https://example.com:8443?q, example.com:8443, /",
    "http://example.com:443/, example.com:443, /",
    "https://example.com:/%7Esmith/home.html, example.com, /%7Esmith/home.html",
    "https://[2001:DB8::1]:443/, [2001:db8::1], /",
    "https://[2001:db8::1]:8443/, [2001:db8::1]:8443, /",
    "http://query_side:8081/x, query_side:8081, /x",
    "https://example.com/a/../b//c;d, example.com, /a/../b//c;d",
  })
  void normalTargets(String uri, String authority, String path) throws Exception {
    SignedRequest request = new SignedRequest("GET", URI.create(uri), Map.of(), new byte[0]);

    assertThat(base(request, "(\"@authority\" \"@path\")"))
        .isEqualTo("\"@authority\": " + authority + "\n\"@path\": " + path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/path",
        "mailto:a@example.com",
        "https://user@example.com/",
        "https://user:password@example.com/",
        "https://:443/",
        "https://example.com:port/",
        "file:///etc/passwd",
        "https://example.com/\u00e9",
        "",
      })
  void targetsThatAreNone(String uri) {
    refused(
        MALFORMED_SIGNATURE,
        new SignedRequest("GET", URI.create(uri), Map.of(), new byte[0]),
        "(\"@target-uri\")");
  }

  @Test
  void aFragmentIsNoPartOfTheTarget() throws Exception {
    URI uri = URI.create("https://example.com/a?b#c");

    assertThat(base(new SignedRequest("GET", uri, Map.of(), new byte[0]), "(\"@target-uri\")"))
        .isEqualTo("\"@target-uri\": https://example.com/a?b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /", "GÉT", "GET\n"})
  void methodsThatAreNone(String method) {
    refused(
        MALFORMED_SIGNATURE,
        new SignedRequest(method, URI.create("https://example.com/"), Map.of(), new byte[0]),
        "(\"@method\")");
  }

  /** Section 2.2.8. */
  @Test
  void queryParameters() throws Exception {
    assertThat(
            base(
                Messages.https("GET /path?param=value&foo=bar&baz=batman&qux= HTTP/1.1"),
                """
                ("@query-param";name="baz" "@query-param";name="qux" "@query-param";name="param")\
                """))
        .isEqualTo(
            """
            "@query-param";name="baz": batman
            "@query-param";name="qux":\s
            "@query-param";name="param": value\
            """);
    assertThat(
            base(
                Messages.https(
                    "GET /parameters?var=this%20is%20a%20big%0Amultiline%20value"
                        + "&bar=with+plus+whitespace&fa%C3%A7ade%22%3A%20=something HTTP/1.1"),
                """
                ("@query-param";name="var" "@query-param";name="bar" \
                "@query-param";name="fa%C3%A7ade%22%3A%20")\
                """))
        .isEqualTo(
            """
            "@query-param";name="var": this%20is%20a%20big%0Amultiline%20value
            "@query-param";name="bar": with%20plus%20whitespace
            "@query-param";name="fa%C3%A7ade%22%3A%20": something\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "a=%zz, a, %25zz",
    "a=%, a, %25",
    "a=%4, a, %254",
    "a=%ff, a, %EF%BF%BD",
    "a=*-._~, a, *-._%7E",
    "=x, '', x",
    "a, a, ''",
    "&&a=b=c&, a, b%3Dc",
  })
  void oddQueryParameters(String query, String name, String value) throws Exception {
    assertThat(QueryParameters.value(query, name)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"@unknown\"",
        "\"@status\"",
        "\"@signature-params\"",
        "\"@method\" \"@method\"",
        "\"a\" \"a\"",
        "\"dict\";key=\"a\" \"dict\";key=\"a\"",
        "\"dict\";key=\"a\";sf \"dict\";sf;key=\"a\"",
        "\"@method\";req",
        "\"a\";req",
        "\"a\";tr",
        "\"a\";unknown",
        "\"@method\";name=\"a\"",
        "\"@query-param\"",
        "\"@query-param\";name=a",
        "\"@query-param\";name=\"twice\"",
        "\"a\";sf",
        "\"dict\";bs;sf",
        "\"dict\";bs;key=\"a\"",
        "\"dict\";key=a",
        "\"dict\";sf=?0",
        "\"dict\";sf=1",
        "\"no-dict\";key=\"a\"",
        "\"priority\";sf",
        "\"A\"",
        "\"a b\"",
        "\"\"",
        "\"@\"",
        "\"@METHOD\"",
        "a",
        "1",
        ":YQ==:",
        "\"two-lines\"",
      })
  void componentsThatAreRefused(String components) {
    SignedRequest request =
        Messages.https(
            """
            GET /?twice=1&twice=2 HTTP/1.1
            A: 1
            Dict: a=1
            No-Dict: "
            Priority: ="
            """);

    refused(
        MALFORMED_SIGNATURE,
        RequestSigner.with(request, "two-lines", "a\nb"),
        "(" + components + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"absent\"",
        "\"absent\";bs",
        "\"absent\";key=\"a\"",
        "\"dict\";key=\"b\"",
        "\"@query-param\";name=\"absent\"",
      })
  void componentsThatAreMissing(String components) {
    refused(
        COMPONENT_MISSING,
        Messages.https(
            """
            GET /?a=1 HTTP/1.1
            Dict: a=1
            """),
        "(" + components + ")");
  }

  @Test
  void headersWithoutAValueAreMissing() {
    SignedRequest request =
        new SignedRequest(
            "GET", URI.create("https://example.com/"), Map.of("a", List.of()), new byte[0]);

    refused(COMPONENT_MISSING, request, "(\"a\")");
  }

  @Test
  void namesOfHeadersAreOneInAnyCase() throws Exception {
    SignedRequest request =
        new SignedRequest(
            "GET",
            URI.create("https://example.com/"),
            Map.of("X-Name", List.of("a", "b")),
            new byte[0]);

    assertThat(base(request, "(\"x-name\")")).isEqualTo("\"x-name\": a, b");
  }

  private static void refused(Reason reason, SignedRequest request, String covered) {
    assertThatThrownBy(() -> base(request, covered))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
