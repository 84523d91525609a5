package dev.keyledger.query.verification;

import dev.keyledger.signatures.SignedRequest;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * May the key behind this request do this, from there?
 *
 * @param permission what it has to be allowed to do; absent where the key only asks about itself
 * @param source where the request came from
 * @param minPosition the position that the key's account must have reached; 0 for any
 */
public record Question(
    SignedRequest request, @Nullable String permission, InetAddress source, long minPosition) {}
