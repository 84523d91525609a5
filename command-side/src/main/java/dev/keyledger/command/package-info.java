/** The command side: everything that changes a key ring. */
@NullMarked
package dev.keyledger.command;

import org.jspecify.annotations.NullMarked;
