/** Has query-side build its views anew, and watches. */
@NullMarked
package dev.keyledger.audit.rebuild;

import org.jspecify.annotations.NullMarked;
