package dev.keyledger.tlog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signature of a note that is right.
 *
 * @param key that signed
 * @param time when a witness says that it did, null where the signature has no time
 */
public record VerifiedSignature(VerifierKey key, @Nullable Instant time) {}
