package dev.keyledger.http.security;

/** What a token may be used for (contract section 2). */
public enum Scope {
  /** The caller's own key ring. */
  KEYS_MANAGE("keys:manage"),
  /** The support: accounts of others that lost their second factor. */
  KEYS_SUPPORT("keys:support"),
  /** Gateways: checking signed requests. */
  KEYS_VERIFY("keys:verify"),
  /** Auditors. */
  AUDIT_READ("audit:read");

  private final String value;

  Scope(String value) {
    this.value = value;
  }

  /** The name in the token's {@code scope} claim (RFC 8693 section 4.2). */
  public String value() {
    return value;
  }

  /** The name under which Spring Security knows it. */
  String authority() {
    return "SCOPE_" + value;
  }
}
