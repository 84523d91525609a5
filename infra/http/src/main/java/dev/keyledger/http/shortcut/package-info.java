/**
 * A shorter way for calls that are made very often: what is plainly good is answered in front of
 * Spring's chain, and everything else is left to it, so that each refusal and each odd case has one
 * implementation (docs/adr/0038).
 */
@NullMarked
package dev.keyledger.http.shortcut;

import org.jspecify.annotations.NullMarked;
