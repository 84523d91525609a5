/** Tests of root keys, derivation and signatures, and root keys for other modules' tests. */
@NullMarked
package dev.keyledger.crypto;

import org.jspecify.annotations.NullMarked;
