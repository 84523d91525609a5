/** Every error as an RFC 9457 problem, and the page behind each of its types. */
@NullMarked
package dev.keyledger.http.problem;

import org.jspecify.annotations.NullMarked;
