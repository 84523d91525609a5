/** The command side over HTTP: requests become commands, outcomes become answers. */
@NullMarked
package dev.keyledger.command.http;

import org.jspecify.annotations.NullMarked;
