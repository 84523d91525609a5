/** The log of all events: kept, proved and asked about, with a trace of who asked. */
@NullMarked
package dev.keyledger.query.audit;

import org.jspecify.annotations.NullMarked;
