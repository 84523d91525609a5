/** Tests of the HTTP face against a tiny service. */
@NullMarked
package dev.keyledger.http;

import org.jspecify.annotations.NullMarked;
