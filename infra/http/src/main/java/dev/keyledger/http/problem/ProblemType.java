package dev.keyledger.http.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/**
 * Every kind of problem that Keyledger answers with: the one place for codes, statuses and titles.
 *
 * <p>The code is the constant's name in lower case with hyphens; it is part of the contract.
 */
public enum ProblemType {
  // The caller
  UNAUTHENTICATED(
      HttpStatus.UNAUTHORIZED,
      "Not authenticated",
      "The call carries no bearer token, or one that is expired, not meant for Keyledger, or not"
          + " from the identity provider that it trusts."),
  INSUFFICIENT_SCOPE(
      HttpStatus.FORBIDDEN,
      "Scope missing",
      "The token is good, but it was not issued with the scope that this call needs."),
  EMAIL_MISSING(
      HttpStatus.FORBIDDEN,
      "No verified e-mail address",
      "This call sends a code by e-mail, and the token names no verified address to send it to."),
  SIGNATURE_REFUSED(
      HttpStatus.UNAUTHORIZED,
      "Signature refused",
      "The call has to be signed with an API key (RFC 9421), and its signature was refused. The"
          + " member reason says why."),
  ORIGIN_NOT_ALLOWED(
      HttpStatus.FORBIDDEN,
      "Origin not allowed",
      "A web page of another origin made this call, and that origin was not allowed to."),

  // The request
  MALFORMED_REQUEST(
      HttpStatus.BAD_REQUEST,
      "Malformed request",
      "The request is not what this call takes: the JSON is broken, a field is unknown, required"
          + " and absent, given twice, or of the wrong type."),
  NOT_FOUND(HttpStatus.NOT_FOUND, "Not found", "There is nothing at this address."),
  METHOD_NOT_ALLOWED(
      HttpStatus.METHOD_NOT_ALLOWED,
      "Method not allowed",
      "This address exists, but not for this method. The header Allow lists those that it takes."),
  NOT_ACCEPTABLE(
      HttpStatus.NOT_ACCEPTABLE,
      "Not acceptable",
      "The header Accept asks for a format that this call can't answer in."),
  UNSUPPORTED_MEDIA_TYPE(
      HttpStatus.UNSUPPORTED_MEDIA_TYPE,
      "Unsupported media type",
      "The body is in a format that this call doesn't take. Send application/json in UTF-8."),
  BODY_TOO_LARGE(
      HttpStatus.CONTENT_TOO_LARGE,
      "Body too large",
      "The body of a request may be 64 KiB long and no longer."),

  // The service
  INTERNAL_ERROR(
      HttpStatus.INTERNAL_SERVER_ERROR,
      "Internal error",
      "Something went wrong in the service. It is on record; the call may or may not have had an"
          + " effect."),
  UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "Unavailable for the moment",
      "Something that this call needs can't be reached. Try again after the time in the header"
          + " Retry-After."),
  NOT_YET_VISIBLE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "Not yet visible",
      "The view has not reached the position asked for with Keyledger-Min-Position. Try again"
          + " after the time in the header Retry-After."),
  VIEW_INCOMPLETE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "View incomplete",
      "An event of this account could not be read, so what the service could show would be wrong."
          + " Its operators have been told."),

  STALE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "Stale",
      "The service has not heard for too long what happened to keys, so it says nothing about them."
          + " Ask another node, or try again after the time in the header Retry-After."),

  // The second factor
  TWO_FACTOR_ALREADY_ENABLED(
      HttpStatus.CONFLICT,
      "Second factor already enabled",
      "The account has a second factor. Disable it first to enrol another one."),
  NO_ENROLMENT(
      HttpStatus.CONFLICT,
      "No enrolment",
      "The account has no enrolment of a second factor that this call could be about: none that"
          + " waits for its confirmation, or none to reset."),
  KEYS_EXIST(
      HttpStatus.CONFLICT,
      "Keys exist",
      "The second factor can't be disabled while the account holds keys. Delete them first."),
  TWO_FACTOR_REQUIRED(
      HttpStatus.CONFLICT,
      "Second factor required",
      "This operation needs an enabled second factor. Enrol an authenticator first."),

  // Keys
  UNKNOWN_KEY(
      HttpStatus.NOT_FOUND, "Unknown key", "The account has no key with this public API key."),
  INVALID_LABEL(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Invalid label",
      "A label has 3 to 64 characters out of A-Z, a-z, 0-9, space, hyphen, underscore and full"
          + " stop, at least one upper-case letter, one lower-case letter and one digit, and no"
          + " space at either end."),
  LABEL_TAKEN(
      HttpStatus.CONFLICT, "Label taken", "Another key of this account already has this label."),
  INVALID_PERMISSIONS(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Invalid permissions",
      "Permissions are any of read, trade and withdraw. read is always included."),
  INVALID_IP(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Invalid IP address or range",
      "Trusted IPs are IPv4 or IPv6 addresses or CIDR ranges, at most 50 of them. An octet with a"
          + " leading zero, a host bit set in a range, a prefix out of range and a zone id are"
          + " refused."),
  INVALID_RATE_LIMIT(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Invalid rate limit",
      "A rate limit is 1 to 10,000 requests per second (perSecond) and 1 to 100,000 at once"
          + " (burst); without burst, as many at once as per second."),
  TRUSTED_IPS_REQUIRED(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Trusted IPs required",
      "A key that may withdraw must be limited to trusted IPs here."),
  KEY_LIMIT_REACHED(
      HttpStatus.CONFLICT,
      "Key limit reached",
      "The account has as many keys as it may have. Delete one first."),
  INVALID_ALGORITHM(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Invalid algorithm",
      "The algorithm of a key is ed25519 (the default) or hmac-sha256."),
  INVALID_VERIFICATION_KEY(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Invalid verification key",
      "A verification key is a raw Ed25519 public key of 32 bytes in Base64, and goes with"
          + " ed25519 only."),
  INVALID_EXPIRY(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Invalid expiry",
      "The expiry of a key is an instant in the future, as in 2030-01-31T12:00:00Z."),
  INVALID_GRACE(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Invalid grace",
      "The grace of a key that is replaced is an ISO 8601 duration in whole seconds from PT0S to"
          + " P7D, as in PT1H."),
  KEY_RETIRING(
      HttpStatus.CONFLICT,
      "Key was replaced",
      "Another key took the place of this one, which only works until its grace ends. It can be"
          + " disabled and deleted, and nothing else."),
  KEY_EXPIRED(
      HttpStatus.CONFLICT,
      "Key expired",
      "The key came to its end. Edit its expiry first, or delete it."),
  KEY_NOT_DISABLED(
      HttpStatus.CONFLICT,
      "Key not disabled",
      "The key is not disabled, so it need not be enabled."),

  // Others
  PROOF_REJECTED(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Proof rejected",
      "What was sent does not prove possession of a key's secret. Nothing tells what is missing."),
  BUSY(
      HttpStatus.TOO_MANY_REQUESTS,
      "Busy",
      "This call is open to anybody, so only a few are looked at at the same time. Try again after"
          + " the time in the header Retry-After."),
  TOO_MANY_STREAMS(
      HttpStatus.TOO_MANY_REQUESTS,
      "Too many streams",
      "The caller, or everybody together, has as many streams open as there may be. Close one, or"
          + " try again after the time in the header Retry-After."),
  INVALID_REASON(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Invalid reason",
      "The reason for what the support does has 3 to 500 characters. It is kept for ever, so it must"
          + " not hold an e-mail address (nothing like a@b), and no control characters."),

  // Challenges
  UNKNOWN_CHALLENGE(
      HttpStatus.NOT_FOUND, "Unknown challenge", "The account has no challenge with this id."),
  CODE_COOLDOWN(
      HttpStatus.TOO_MANY_REQUESTS,
      "Code sent a moment ago",
      "Codes are sent with some time between them, so that a mail box can't be flooded. Try again"
          + " after the time in the header Retry-After."),
  TOTP_REQUIRED(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Authenticator code required",
      "This challenge also takes the code of the authenticator, as totp."),
  WRONG_CODE(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Wrong code",
      "At least one of the codes is not right, no longer right, or was used before. Nothing tells"
          + " which one."),
  CHALLENGE_CLOSED(
      HttpStatus.CONFLICT,
      "Challenge closed",
      "This challenge was used, cancelled, replaced by another one, or had too many wrong codes."),
  CHALLENGE_EXPIRED(
      HttpStatus.GONE,
      "Challenge expired",
      "The time for entering the codes is over. Start the operation again."),
  ACCOUNT_LOCKED(
      HttpStatus.LOCKED,
      "Account locked",
      "There were too many wrong codes in a row. No code is looked at until the time in the header"
          + " Retry-After is over.");

  private static final Map<String, ProblemType> BY_CODE =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(ProblemType::code, Function.identity()));

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final HttpStatus status;
  private final String title;
  private final String explanation;

  ProblemType(HttpStatus status, String title, String explanation) {
    this.status = status;
    this.title = title;
    this.explanation = explanation;
  }

  /** The type with a code; empty if there is none. */
  public static Optional<ProblemType> ofCode(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /** What programs tell problems apart by, as in {@code wrong-code}. */
  public String code() {
    return code;
  }

  /** The {@code type} of the problem (RFC 9457 section 3.1.1): the path of the page about it. */
  public String path() {
    return "/problems/" + code;
  }

  /** The HTTP status that goes with it. */
  public HttpStatus status() {
    return status;
  }

  /** A few words, the same for every occurrence. */
  public String title() {
    return title;
  }

  /** What it means and what to do about it; the text of its page and the usual detail. */
  public String explanation() {
    return explanation;
  }
}
