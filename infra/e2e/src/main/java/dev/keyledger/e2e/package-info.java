/**
 * Keyledger from outside: an account holder with an authenticator, a mail box and a Kafka reader.
 */
@NullMarked
package dev.keyledger.e2e;

import org.jspecify.annotations.NullMarked;
