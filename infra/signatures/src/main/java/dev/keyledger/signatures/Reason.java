package dev.keyledger.signatures;

/** Why nothing can be said to have been signed. */
public enum Reason {
  /** The signature, its parameters or its components are not as RFC 9421 and the contract ask. */
  MALFORMED_SIGNATURE("malformed-signature"),
  /** Something that must be signed is not, or something that was signed is not there. */
  COMPONENT_MISSING("component-missing");

  private final String publicName;

  Reason(String publicName) {
    this.publicName = publicName;
  }

  /** The name in answers. */
  public String publicName() {
    return publicName;
  }
}
