package dev.keyledger.query.verification;

import dev.keyledger.crypto.UnknownRootKeyException;
import dev.keyledger.events.RateLimit;
import dev.keyledger.query.memory.Credential;
import dev.keyledger.query.memory.Found;
import dev.keyledger.query.memory.KeyId;
import dev.keyledger.query.memory.LiveKey;
import dev.keyledger.query.memory.LiveKeys;
import dev.keyledger.query.verification.Verdict.Refused;
import dev.keyledger.query.verification.Verdict.Unanswered;
import dev.keyledger.query.verification.Verdict.Valid;
import dev.keyledger.query.views.NotYetVisibleException;
import dev.keyledger.signatures.ContentDigests;
import dev.keyledger.signatures.ParsedSignature;
import dev.keyledger.signatures.ParsedSignature.Signature;
import dev.keyledger.signatures.SignedRequests;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Decides on signed requests, in the order of {@link Reason}: nothing is told of a key beyond its
 * existence to who can't sign with it, and a request that is refused takes neither a nonce nor a
 * token. Only of those that come at once for a key's last token, some may have used a nonce up.
 */
public final class Verifier {
  private final VerificationSettings settings;
  private final Duration maxWait;
  private final LiveKeys keys;
  private final Signatures signatures;
  private final ReplayGuard guard;
  private final RateLimits limits;
  private final UsageLog usage;
  private final VerificationMetrics metrics;
  private final InstantSource clock;

  Verifier(
      VerificationSettings settings,
      Duration maxWait,
      LiveKeys keys,
      Signatures signatures,
      ReplayGuard guard,
      RateLimits limits,
      UsageLog usage,
      VerificationMetrics metrics,
      InstantSource clock) {
    this.settings = settings;
    this.maxWait = maxWait;
    this.keys = keys;
    this.signatures = signatures;
    this.guard = guard;
    this.limits = limits;
    this.usage = usage;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * The verdict on a request.
   *
   * @return fails with {@link NotYetVisibleException} if the position asked for does not come in
   *     time to a node that is not stale, and with what the replay guard fails with
   */
  public Mono<Verdict> verify(Question question) {
    return decide(question).doOnNext(metrics::count);
  }

  private Mono<Verdict> decide(Question question) {
    return switch (SignedRequests.parse(question.request())) {
      case ParsedSignature.Refused(dev.keyledger.signatures.Reason reason) ->
          Mono.just(
              Refused.of(
                  switch (reason) {
                    case MALFORMED_SIGNATURE -> Reason.MALFORMED_SIGNATURE;
                    case COMPONENT_MISSING -> Reason.COMPONENT_MISSING;
                  }));
      case Signature signature -> verify(question, signature);
    };
  }

  private Mono<Verdict> verify(Question question, Signature signature) {
    Optional<KeyId> id = KeyId.parse(signature.keyId());
    if (id.isEmpty()) {
      signatures.pretend(signature);
      return Mono.just(Refused.of(Reason.UNKNOWN_KEY));
    }
    return keys.holds(id.get(), question.minPosition())
        ? judge(question, signature, id.get(), null)
        : await(question, signature, id.get());
  }

  /** Whether a known key's account is at a position is nothing to who can't sign with it. */
  private Mono<Verdict> await(Question question, Signature signature, KeyId id) {
    if (isStale()) {
      return Mono.just(new Unanswered(Outage.STALE));
    }
    Optional<Credential> known = keys.find(id).map(signer -> signer.key().credential());
    Optional<Verdict> against = known.flatMap(credential -> inSignature(id, credential, signature));
    if (against.isPresent()) {
      return Mono.just(against.get());
    }
    return keys.reached(id, question.minPosition(), maxWait)
        .then(Mono.defer(() -> judge(question, signature, id, known.orElse(null))))
        .onErrorResume(
            NotYetVisibleException.class,
            late -> isStale() ? Mono.just(new Unanswered(Outage.STALE)) : Mono.error(late));
  }

  /**
   * @param fits what the signature was found to be made with already
   */
  private Mono<Verdict> judge(
      Question question, Signature signature, KeyId id, @Nullable Credential fits) {
    if (isStale()) {
      return Mono.just(new Unanswered(Outage.STALE));
    }
    Optional<Found> found = keys.find(id);
    if (found.isEmpty()) {
      signatures.pretend(signature);
      return Mono.just(unknown());
    }
    Found signer = found.get();
    Credential credential = signer.key().credential();
    Optional<Verdict> unsigned =
        credential.equals(fits) ? Optional.empty() : inSignature(id, credential, signature);
    Optional<Verdict> against =
        unsigned
            .or(() -> inRequest(signature, question, signer))
            .or(() -> inKey(question, signer))
            .or(() -> limited(signer, limits.look(id, limit(signer))));
    return against.isPresent()
        ? Mono.just(against.get())
        : guard
            .use(id, signature.nonce(), signature.created())
            .map(use -> conclude(question, signature, id, signer, use));
  }

  /** What speaks against that the key made the signature. */
  private Optional<Verdict> inSignature(KeyId id, Credential credential, Signature signature) {
    try {
      return signatures.fit(id, credential, signature)
          ? Optional.empty()
          : Optional.of(Refused.of(Reason.SIGNATURE_MISMATCH));
    } catch (UnknownRootKeyException _) {
      return Optional.of(new Unanswered(Outage.ROOT_KEY_MISSING));
    }
  }

  /** What speaks against the request itself. */
  private Optional<Verdict> inRequest(Signature signature, Question question, Found signer) {
    String algorithm = Signatures.algorithm(signer.key().credential());
    if (signature.alg() != null && !signature.alg().equals(algorithm)) {
      return refused(Reason.ALGORITHM_MISMATCH, signer);
    }
    Optional<Verdict> against = inTime(signature, signer);
    return against.isEmpty() && !ContentDigests.match(question.request())
        ? refused(Reason.DIGEST_MISMATCH, signer)
        : against;
  }

  /** What speaks against the signature's age. */
  private Optional<Verdict> inTime(Signature signature, Found signer) {
    Instant now = clock.instant();
    Instant expires = signature.expires();
    if (signature.created().isBefore(now.minus(settings.window()))) {
      return refused(Reason.TOO_OLD, signer);
    }
    if (signature.created().isAfter(now.plus(settings.futureSkew()))) {
      return refused(Reason.FROM_THE_FUTURE, signer);
    }
    if (expires != null && !now.isBefore(expires)) {
      return refused(Reason.EXPIRED, signer);
    }
    return Optional.empty();
  }

  /** What speaks against the key, or against saying anything about it. */
  private Optional<Verdict> inKey(Question question, Found signer) {
    LiveKey key = signer.key();
    if (!signer.account().complete()) {
      return Optional.of(new Unanswered(Outage.INCOMPLETE));
    }
    if (!settings.staleOk() && keys.stopped().contains(signer.account().partition())) {
      return Optional.of(new Unanswered(Outage.STALE));
    }
    if (key.disabled()) {
      return refused(Reason.KEY_DISABLED, signer);
    }
    if (key.expired(clock.instant())) {
      return refused(Reason.KEY_EXPIRED, signer);
    }
    if (question.permission() != null && !key.rights().allow(question.permission())) {
      return refused(Reason.PERMISSION_MISSING, signer);
    }
    if (!key.rights().trust(question.source())) {
      return refused(Reason.IP_NOT_TRUSTED, signer);
    }
    return Optional.empty();
  }

  private Verdict conclude(
      Question question, Signature signature, KeyId id, Found signer, ReplayGuard.Use use) {
    return switch (use) {
      case REUSED -> Refused.of(Reason.NONCE_REUSED, signer);
      case FULL -> new Unanswered(Outage.NONCES_FULL);
      case FRESH -> conclude(question, signature, id);
    };
  }

  /**
   * Looks at all once more that time may have changed while the guard was asked: the key may be
   * another one by now, or gone, and the signature too old for the guard to remember it.
   */
  private Verdict conclude(Question question, Signature signature, KeyId id) {
    if (isStale()) {
      return new Unanswered(Outage.STALE);
    }
    Optional<Found> found = keys.find(id);
    if (found.isEmpty()) {
      return unknown();
    }
    Found signer = found.get();
    Optional<Verdict> against =
        inTime(signature, signer)
            .or(() -> inKey(question, signer))
            .or(() -> limited(signer, limits.take(id, limit(signer))));
    if (against.isPresent()) {
      return against.get();
    }
    usage.used(signer.account().accountId(), id, question.source());
    return new Valid(signer);
  }

  private static Optional<Verdict> limited(Found signer, Duration wait) {
    return wait.isZero()
        ? Optional.empty()
        : Optional.of(
            new Refused(Reason.RATE_LIMITED, OptionalLong.of(signer.account().position()), wait));
  }

  private static @Nullable RateLimit limit(Found signer) {
    return signer.key().rights().asGiven().rateLimit();
  }

  /** A key that is not here may be behind an event that this version does not know. */
  private Verdict unknown() {
    return keys.stopped().isEmpty() || settings.staleOk()
        ? Refused.of(Reason.UNKNOWN_KEY)
        : new Unanswered(Outage.STALE);
  }

  private boolean isStale() {
    return settings.staleOk()
        ? !keys.ready()
        : keys.staleness().compareTo(settings.maxStaleness()) > 0;
  }

  private static Optional<Verdict> refused(Reason reason, Found signer) {
    return Optional.of(Refused.of(reason, signer));
  }
}
