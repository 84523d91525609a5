package dev.keyledger.signatures;

import java.util.Set;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.Parameters;
import org.greenbytes.http.sfv.StringItem;

/**
 * What a signature must cover: the method, the target, and the digest of a body (verification.md).
 */
final class Coverage {
  private static final Set<String> WHOLE_FIELD = Set.of("sf", "bs");

  private final InnerList covered;

  private Coverage(InnerList covered) {
    this.covered = covered;
  }

  static boolean suffices(SignedRequest request, InnerList covered) {
    Coverage coverage = new Coverage(covered);
    return coverage.has("@method")
        && coverage.hasTarget()
        && (!request.hasBody() || coverage.hasDigest());
  }

  private boolean hasTarget() {
    return has("@target-uri") || (has("@authority") && has("@path") && has("@query"));
  }

  private boolean has(String name) {
    return covered.get().stream()
        .anyMatch(item -> isNamed(item, name) && item.getParams().isEmpty());
  }

  private boolean hasDigest() {
    return covered.get().stream()
        .anyMatch(item -> isNamed(item, ContentDigests.FIELD) && holdsDigest(item.getParams()));
  }

  /** The whole field, or a member that is held against the body. */
  private static boolean holdsDigest(Parameters parameters) {
    return WHOLE_FIELD.containsAll(parameters.keySet())
        || (parameters.get("key") instanceof StringItem key && ContentDigests.isKnown(key.get()));
  }

  private static boolean isNamed(Item<?> item, String name) {
    return item instanceof StringItem text && text.get().equals(name);
  }
}
