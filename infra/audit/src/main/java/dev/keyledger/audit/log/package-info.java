/** The log as it is read, in its order, from a broker or from an export. */
@NullMarked
package dev.keyledger.audit.log;

import org.jspecify.annotations.NullMarked;
