package dev.keyledger.http.shortcut;

import reactor.core.publisher.Mono;

/**
 * Answers one kind of call without Spring's chain, in just the same way. A bean of this type is
 * asked when a call to its path is plainly good: the form of its header is the usual one, and its
 * token was good a moment ago and has a scope that {@link dev.keyledger.http.security.AccessRules}
 * asks for.
 */
public interface Shortcut {

  /** The method in capitals, as in {@code POST}. */
  String method();

  /**
   * The whole path without a query, as in {@code /v1/verifications}. It may have one variable, as
   * in {@code /v1/challenges/{challengeId}/verification}, which stands for a segment of 1 to 64
   * letters, digits and {@code _}: one with others in it goes the usual way.
   */
  String path();

  /** Whether a call must have a body of JSON. If not, it must have none. */
  default boolean hasBody() {
    return !method().equals("GET");
  }

  /**
   * Answers a call, or leaves it to the usual chain.
   *
   * @return must not fail once it had an effect: that is for {@link ShortAnswer#failed}. What fails
   *     begins anew in the usual chain.
   */
  Mono<ShortAnswer> answer(ShortCall call);
}
