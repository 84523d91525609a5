/** What both services need of cryptography: root keys, what is derived from them, signatures. */
@NullMarked
package dev.keyledger.crypto;

import org.jspecify.annotations.NullMarked;
