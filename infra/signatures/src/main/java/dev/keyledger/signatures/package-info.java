/**
 * HTTP Message Signatures (RFC 9421) of requests, up to the bytes that were signed: what checks
 * them against a key is elsewhere. No input makes anything but an answer.
 */
@NullMarked
package dev.keyledger.signatures;

import org.jspecify.annotations.NullMarked;
