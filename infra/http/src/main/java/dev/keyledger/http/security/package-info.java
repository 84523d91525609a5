/** Who is calling and what they may do: a resource server for the exchange's own tokens. */
@NullMarked
package dev.keyledger.http.security;

import org.jspecify.annotations.NullMarked;
