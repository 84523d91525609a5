/** Tests of the log against vectors of its specifications, other people's verifiers and itself. */
@NullMarked
package dev.keyledger.tlog;

import org.jspecify.annotations.NullMarked;
