/** The command as an auditor runs it. */
@NullMarked
package dev.keyledger.audit;

import org.jspecify.annotations.NullMarked;
