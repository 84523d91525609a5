/** Key rings from the events alone, and where another side's come to something else. */
@NullMarked
package dev.keyledger.audit.replay;

import org.jspecify.annotations.NullMarked;
