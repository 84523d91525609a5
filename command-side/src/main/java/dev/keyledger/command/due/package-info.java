/** What time brings about: noted when an event sets a date, put to the key ring when it is due. */
@NullMarked
package dev.keyledger.command.due;

import org.jspecify.annotations.NullMarked;
