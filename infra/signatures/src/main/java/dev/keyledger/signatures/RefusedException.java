package dev.keyledger.signatures;

/** Ends the reading of a signature; carries no trace, since it tells about input and not code. */
final class RefusedException extends Exception {
  private final Reason reason;

  private RefusedException(Reason reason) {
    super(reason.publicName(), null, false, false);
    this.reason = reason;
  }

  static RefusedException malformed() {
    return new RefusedException(Reason.MALFORMED_SIGNATURE);
  }

  static RefusedException missing() {
    return new RefusedException(Reason.COMPONENT_MISSING);
  }

  Reason reason() {
    return reason;
  }
}
