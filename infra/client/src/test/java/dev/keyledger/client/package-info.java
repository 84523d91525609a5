/** Tests of the client, against the reading side and over real HTTP. */
@NullMarked
package dev.keyledger.client;

import org.jspecify.annotations.NullMarked;
