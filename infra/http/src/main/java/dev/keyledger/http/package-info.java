/**
 * What both services say over HTTP in the same words; a service imports {@link HttpConfiguration}.
 */
@NullMarked
package dev.keyledger.http;

import org.jspecify.annotations.NullMarked;
