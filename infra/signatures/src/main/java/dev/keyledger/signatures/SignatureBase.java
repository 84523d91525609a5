package dev.keyledger.signatures;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.StringItem;

/** The text that is signed (RFC 9421, section 2.5). */
final class SignatureBase {
  static final int MAX_COMPONENTS = 32;

  /** Characters; more than any real request has. */
  static final int MAX_LENGTH = 65_536;

  private static final Set<String> NONE = Set.of();

  private final SignedRequest request;
  private final Target target;
  private final Set<Identifier> seen = new HashSet<>();
  private final StringBuilder base = new StringBuilder(512);

  private SignatureBase(SignedRequest request) throws RefusedException {
    this.request = request;
    this.target = Target.of(request.targetUri());
  }

  /**
   * The bytes that were signed.
   *
   * @param covered the components, with the signature's parameters
   */
  static byte[] of(SignedRequest request, InnerList covered) throws RefusedException {
    if (covered.get().size() > MAX_COMPONENTS) {
      throw RefusedException.malformed();
    }
    SignatureBase signed = new SignatureBase(request);
    for (Item<?> component : covered.get()) {
      signed.append(component);
    }
    signed.base.append("\"@signature-params\": ");
    covered.serializeTo(signed.base);
    return signed.base.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private void append(Item<?> component) throws RefusedException {
    if (!(component instanceof StringItem name) || !seen.add(Identifier.of(name))) {
      throw RefusedException.malformed();
    }
    String value = value(name.get(), name.getParams());
    if (!Text.isFieldContent(value) || base.length() + value.length() > MAX_LENGTH) {
      throw RefusedException.malformed();
    }
    component.serializeTo(base);
    base.append(": ").append(value).append('\n');
  }

  private String value(String name, Parameters parameters) throws RefusedException {
    if (Fields.isName(name)) {
      return Fields.value(request, name, parameters);
    }
    if (name.equals("@query-param")) {
      return queryParameter(parameters);
    }
    ParameterReader.allow(parameters, NONE);
    return switch (name) {
      case "@method" -> method();
      case "@target-uri" -> target.uri();
      case "@authority" -> target.authority();
      case "@scheme" -> target.scheme();
      case "@request-target" -> target.requestTarget();
      case "@path" -> target.path();
      case "@query" -> "?" + (target.query() == null ? "" : target.query());
      default -> throw RefusedException.malformed();
    };
  }

  private String method() throws RefusedException {
    if (!Text.isToken(request.method())) {
      throw RefusedException.malformed();
    }
    return request.method();
  }

  private String queryParameter(Parameters parameters) throws RefusedException {
    ParameterReader.allow(parameters, Set.of("name"));
    String name = ParameterReader.text(parameters, "name");
    if (name == null) {
      throw RefusedException.malformed();
    }
    return QueryParameters.value(target.query(), name);
  }

  /** What makes two components one: the order of parameters doesn't matter. */
  private record Identifier(String name, Map<String, String> parameters) {
    static Identifier of(StringItem item) {
      Map<String, String> parameters = HashMap.newHashMap(item.getParams().size());
      item.getParams().forEach((name, value) -> parameters.put(name, value.serialize()));
      return new Identifier(item.get(), parameters);
    }
  }
}
