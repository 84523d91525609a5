/** Revocation by whoever holds a secret: which key it belongs to, and the proof of possession. */
@NullMarked
package dev.keyledger.command.revocation;

import org.jspecify.annotations.NullMarked;
