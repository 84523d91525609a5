/** The platform for trying things out: real parts on loopback, started by one command. */
@NullMarked
package dev.keyledger.local;

import org.jspecify.annotations.NullMarked;
