/**
 * The key ring: one account's second factor, open challenge and API keys, and every rule over them.
 *
 * <p>Knows no Spring and no I/O. Clock, randomness, codes and key making come in through {@link
 * dev.keyledger.command.keyring.Tools}.
 */
@NullMarked
package dev.keyledger.command.keyring;

import org.jspecify.annotations.NullMarked;
