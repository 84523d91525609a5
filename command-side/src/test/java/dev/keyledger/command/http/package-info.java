/** Tests of the package of the same name. */
@NullMarked
package dev.keyledger.command.http;

import org.jspecify.annotations.NullMarked;
