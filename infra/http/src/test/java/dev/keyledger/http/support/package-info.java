/** What HTTP tests of this module and of the services share. */
@NullMarked
package dev.keyledger.http.support;

import org.jspecify.annotations.NullMarked;
