/** The log in files that an auditor takes along, with all that it takes to verify them offline. */
@NullMarked
package dev.keyledger.audit.export;

import org.jspecify.annotations.NullMarked;
