/** What a running query-side is asked. */
@NullMarked
package dev.keyledger.audit.remote;

import org.jspecify.annotations.NullMarked;
