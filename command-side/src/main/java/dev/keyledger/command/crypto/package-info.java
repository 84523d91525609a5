/**
 * Codes, seeds, identifiers and keys: made at random or derived from root keys, and never stored.
 */
@NullMarked
package dev.keyledger.command.crypto;

import org.jspecify.annotations.NullMarked;
