/**
 * Signs requests with a Keyledger API key, on the JDK alone; {@link
 * dev.keyledger.client.KeyledgerSigner} is all there is to know.
 */
@NullMarked
package dev.keyledger.client;

import org.jspecify.annotations.NullMarked;
