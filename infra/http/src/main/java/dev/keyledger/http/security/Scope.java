package dev.keyledger.http.security;

import org.springframework.security.core.Authentication;

/** What a token may be used for (contract section 2). */
public enum Scope {
  /** The caller's own key ring. */
  KEYS_MANAGE("keys:manage"),
  /** The support: accounts of others that lost their second factor. */
  KEYS_SUPPORT("keys:support"),
  /** Gateways: checking signed requests. */
  KEYS_VERIFY("keys:verify"),
  /** Auditors. */
  AUDIT_READ("audit:read"),
  /** Operators: building the views anew. */
  OPS_REBUILD("ops:rebuild");

  private final String value;

  /** The name under which Spring Security knows it. */
  private final String authority;

  Scope(String value) {
    this.value = value;
    this.authority = "SCOPE_" + value;
  }

  /** The name in the token's {@code scope} claim (RFC 8693 section 4.2). */
  public String value() {
    return value;
  }

  /** Whether a caller's token was issued with it. */
  boolean isHeldBy(Authentication caller) {
    return caller.getAuthorities().stream()
        .anyMatch(authority -> this.authority.equals(authority.getAuthority()));
  }
}
