/** Tests of the local platform that start its parts as processes. */
@NullMarked
package dev.keyledger.local;

import org.jspecify.annotations.NullMarked;
