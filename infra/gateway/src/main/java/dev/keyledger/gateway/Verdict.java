package dev.keyledger.gateway;

/** What is done with a request. */
sealed interface Verdict {

  /** It goes on, as this caller's. */
  record Accepted(ApiCaller caller) implements Verdict {}

  /** It ends here. */
  record Refused(Refusal refusal) implements Verdict {}
}
