/** Tests of the package of the same name. */
@NullMarked
package dev.keyledger.command.store;

import org.jspecify.annotations.NullMarked;
