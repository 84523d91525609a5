/**
 * Codes and notices by mail: noted when an event calls for one, written when it is sent, sent once.
 */
@NullMarked
package dev.keyledger.command.mail;

import org.jspecify.annotations.NullMarked;
