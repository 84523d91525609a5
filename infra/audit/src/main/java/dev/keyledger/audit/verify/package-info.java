/** The tree made anew from the events, and held against everything that the log signed. */
@NullMarked
package dev.keyledger.audit.verify;

import org.jspecify.annotations.NullMarked;
