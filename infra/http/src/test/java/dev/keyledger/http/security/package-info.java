/** Tests of the package of the same name. */
@NullMarked
package dev.keyledger.http.security;

import org.jspecify.annotations.NullMarked;
