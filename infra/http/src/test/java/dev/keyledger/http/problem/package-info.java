/** Tests of the package of the same name. */
@NullMarked
package dev.keyledger.http.problem;

import org.jspecify.annotations.NullMarked;
