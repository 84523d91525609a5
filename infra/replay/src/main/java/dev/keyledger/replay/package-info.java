/**
 * Key rings as they were at any event, folded from the log alone, with who approved what; and one
 * hash over all of them ({@code docs/audit.md}).
 */
@NullMarked
package dev.keyledger.replay;

import org.jspecify.annotations.NullMarked;
