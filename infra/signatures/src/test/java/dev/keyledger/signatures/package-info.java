/** Tests of what is read of signatures, and a signer for other modules' tests. */
@NullMarked
package dev.keyledger.signatures;

import org.jspecify.annotations.NullMarked;
