package dev.keyledger.signatures;

import dev.keyledger.signatures.ParsedSignature.Refused;
import dev.keyledger.signatures.ParsedSignature.Signature;
import java.util.List;
import java.util.Map;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.StringItem;

/**
 * Reads the signature of a request: RFC 9421 section 3.2 up to the check with a key, and the rules
 * that the contract adds (verification.md).
 */
public final class SignedRequests {
  private static final String KEY_PREFIX = "kl_pub_";

  private SignedRequests() {}

  /**
   * What the request claims to be signed with. Of several signatures the one that names an API key
   * is read; two of them are one too many. Never throws, whatever the request holds.
   */
  public static ParsedSignature parse(SignedRequest request) {
    try {
      return read(request);
    } catch (RefusedException refused) {
      return new Refused(refused.reason());
    }
  }

  private static Signature read(SignedRequest request) throws RefusedException {
    Map<String, ListElement<?>> inputs = dictionary(request, "signature-input");
    Map<String, ListElement<?>> signatures = dictionary(request, "signature");
    String label = label(inputs);
    if (!(inputs.get(label) instanceof InnerList covered)
        || !(signatures.get(label) instanceof ByteSequenceItem signature)) {
      throw RefusedException.malformed();
    }
    SignatureParameters parameters = SignatureParameters.of(covered.getParams());
    if (!Coverage.suffices(request, covered)) {
      throw RefusedException.missing();
    }
    return new Signature(
        parameters.keyId(),
        parameters.created(),
        parameters.expires(),
        parameters.nonce(),
        parameters.alg(),
        SignatureBase.of(request, covered),
        Bytes.of(signature));
  }

  private static Map<String, ListElement<?>> dictionary(SignedRequest request, String field)
      throws RefusedException {
    if (request.lines(field).isEmpty()) {
      throw RefusedException.malformed();
    }
    return StructuredFields.dictionary(String.join(", ", Fields.lines(request, field)));
  }

  private static String label(Map<String, ListElement<?>> inputs) throws RefusedException {
    List<String> labels =
        inputs.entrySet().stream()
            .filter(input -> inputs.size() == 1 || namesApiKey(input.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (labels.size() != 1) {
      throw RefusedException.malformed();
    }
    return labels.getFirst();
  }

  private static boolean namesApiKey(ListElement<?> input) {
    return input.getParams().get("keyid") instanceof StringItem keyId
        && keyId.get().startsWith(KEY_PREFIX);
  }
}
