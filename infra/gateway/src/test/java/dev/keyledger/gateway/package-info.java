/** Tests of the filter over real HTTP, with a verifier and a backend that are small and real. */
@NullMarked
package dev.keyledger.gateway;

import org.jspecify.annotations.NullMarked;
